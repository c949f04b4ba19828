import ArgumentParser
import ComityMessages
import ComityNode
import ComityPolicy
import ComityService
import ComitySimulation
import Foundation

/// `comity policy judge`
struct PolicyJudge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge", abstract: "Judge many look-ups, one a line, by the policies of a folder.",
        discussion: """
            Each line of the requests is a JSON object of facts by name; docs/policy-judging.md tells which. Each \
            line printed is the judgement of one look-up, in the same order. A line that cannot be judged is told of \
            in its place, and the status is then 2; all others are judged.

            Example: comity policy judge --policy Examples/policies --requests Examples/judging/requests.jsonl --json
            """)

    @Option(help: ArgumentHelp("The folder of policy files, or one policy file.", valueName: "directory"))
    var policy: String

    @Option(
        help: ArgumentHelp("The look-ups, one JSON object a line; `-` is standard input.", valueName: "file"))
    var requests: String

    @Option(
        help: ArgumentHelp("When look-ups are received that do not say. Default: now.", valueName: "time"))
    var at: String?

    @Flag(
        help: "Print no judgement but what one costs: mean, half and 99 of 100 of them, judgements a second.")
    var bench = false

    @Option(help: "With --bench: seconds that are counted.")
    var seconds = 2.0

    @OptionGroup var home: PolicyHome
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let at, Timestamp(at) == nil {
            throw ValidationError("--at `\(at)` is no time; write it as 2026-03-02T12:00:00Z")
        }
        guard seconds > 0 else { throw ValidationError("--seconds must be more than 0") }
    }

    func run() throws { try output.run { try judge() } }

    private func judge() throws -> Int32 {
        let data = try home.data()
        let (taxonomy, directory) = (try data.taxonomy(), try data.directory())
        let judge = try JudgingPlace.judge(by: policy, taxonomy: taxonomy, directory: directory)
        let reader = JudgingRequest.Reader(taxonomy: taxonomy, directory: directory)
        let at = at.flatMap { Timestamp($0) } ?? wallClock()
        var status: Int32 = 0
        var measured: [(facts: FactVector, policy: CompiledPolicy)] = []
        for (index, line) in try TextLines(requests).enumerated() {
            if line.allSatisfy({ $0 == UInt8(ascii: " ") }) { continue }
            do throws(ServiceError) {
                let request = try JudgingRequest(line, reader: reader, at: at)
                if bench {
                    measured.append((request.facts, try judge.policy(of: request.facts.owner)))
                } else {
                    show(try judge.judge(request, line: index + 1))
                }
            } catch {
                status = 2
                show(error, line: index + 1)
            }
        }
        if bench { try show(measured) }
        return status
    }

    // MARK: Printing

    private func show(_ judged: BulkJudge.Judged) {
        if output.json {
            printLine(judged)
        } else {
            print("\(judged.line): \(output.strong(judged.gate.uppercased()))  \(judged.sentence)")
        }
    }

    /// A line that cannot be judged: in its place among the judgements, or told to whoever watches.
    private func show(_ error: ServiceError, line: Int) {
        let error = ServiceError(error.code, "\(requests):\(line): \(error.what)", next: error.next)
        if output.json, !bench {
            printLine(LineError(line: line, error: Problem(error)))
        } else {
            fflush(nil)
            FileHandle.standardError.write(Data("comity: \(error.what)\n  next: \(error.next)\n".utf8))
        }
    }

    private struct LineError: Encodable {
        let line: Int
        let error: Problem
    }

    private func printLine(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if let data = try? encoder.encode(value) { print(String(decoding: data, as: UTF8.self)) }
    }

    private func show(_ measured: [(facts: FactVector, policy: CompiledPolicy)]) throws {
        guard !measured.isEmpty else {
            throw ServiceError(
                "no-requests", "there is no look-up to judge in `\(requests)`", next: "give some")
        }
        let cost = JudgingCost(
            of: measured.map(\.facts), by: measured.map(\.policy), seconds: seconds)
        if output.json {
            output.printJSON(cost)
        } else {
            print(
                """
                \(cost.meanNanoseconds) ns a judgement, \(Int(cost.judgementsPerSecond)) a second on one processor
                  half within \(Int(cost.p50Nanoseconds)) ns, 99 of 100 within \(Int(cost.p99Nanoseconds)) ns \
                (batches of \(cost.judgementsPerBatch))
                  \(cost.requests) different look-ups, the question and the answer of each by its owner's policy
                """)
        }
    }
}
