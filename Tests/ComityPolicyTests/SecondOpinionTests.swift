import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Foundation
import Testing

/// How many random policies are put to Cedar, and how many look-ups to each: `COMITY_CEDAR=1000x100` is the full
/// comparison.
private let size: (policies: Int, lookups: Int) = {
    let parts = (ProcessInfo.processInfo.environment["COMITY_CEDAR"] ?? "").split(separator: "x").compactMap {
        Int($0)
    }
    return parts.count == 2 ? (parts[0], parts[1]) : (60, 50)
}()

@Suite("A second opinion", .enabled(if: Cedar.isReachable, "PyPI cannot be reached, so Cedar is not here"))
struct SecondOpinionTests {
    @Test("Cedar judges the example policies as Comity does")
    func examples() throws {
        let comparison = try Comparison()
        var lookups = RandomFacts(seed: 20_260_304)
        for path in ExampleWorld.illustrations {
            let policy = try #require(ExampleWorld.read(ExampleWorld.text(path)).policy, "\(path)")
            var facts = policy.tests.map(\.facts)
            for _ in 0..<size.lookups { facts.append(lookups.next()) }
            try comparison.add(path, policy, facts)
        }
        try comparison.run()
    }

    @Test("Cedar judges random policies as Comity does")
    func random() throws {
        let comparison = try Comparison()
        let seed: UInt64 = 20_260_305
        var policies = RandomPolicy(seed: seed)
        var lookups = RandomFacts(seed: seed &+ 1)
        for number in 0..<size.policies {
            let policy = policies.next()
            try comparison.add(
                "seed \(seed), policy \(number)", policy, (0..<size.lookups).map { _ in lookups.next() })
        }
        try comparison.run()
    }
}

/// Cedar in a Python environment of its own, installed once.
enum Cedar {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let script = root.appending(path: "Tests/SecondOpinion/second_opinion.py")
    private static let folder = root.appending(path: ".build/second-opinion")
    static let python = folder.appending(path: "bin/python3")

    /// Whether it is here or could be fetched. Anything else that goes wrong fails the tests.
    static let isReachable: Bool = {
        if has() { return true }
        guard run("python3", ["-m", "venv", folder.path]).status == 0 else { return true }
        let requirements = script.deletingLastPathComponent().appending(path: "requirements.txt").path
        let pip = run(
            python.path,
            ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements])
        if pip.status != 0 { print("a second opinion: pip cannot install cedarpy:\n\(pip.output)") }
        return pip.status == 0
    }()

    private static func has() -> Bool {
        FileManager.default.fileExists(atPath: python.path)
            && run(python.path, ["-c", "import cedarpy"]).status == 0
    }

    static func run(_ program: String, _ arguments: [String]) -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        do { try process.run() } catch { return (-1, "\(error)") }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

/// Policies, look-ups and Comity's judgements in a file, for Cedar to judge again.
private final class Comparison {
    private let file: URL
    private let handle: FileHandle

    init() throws {
        file = FileManager.default.temporaryDirectory.appending(
            path: "comity-cedar-\(UUID().uuidString).jsonl")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        handle = try FileHandle(forWritingTo: file)
    }

    deinit { try? FileManager.default.removeItem(at: file) }

    func add(_ name: String, _ policy: Policy, _ lookups: [FactVector]) throws {
        let taxonomy = ExampleWorld.taxonomy
        let cedar = CedarExport(policy, taxonomy: taxonomy)
        let compiled = CompiledPolicy(policy, taxonomy: taxonomy)
        let cases = try lookups.map { facts in
            let question = try expected(compiled.judgeQuestion(facts), policy)
            let answer = try expected(compiled.judgeAnswer(facts), policy)
            let lookup = CedarRequest.json(facts, taxonomy: taxonomy)
            return "{\"lookup\":\(lookup),\"question\":\(question),\"answer\":\(answer)}"
        }
        let line =
            try
            "{\"name\":\(json(name)),\"policies\":\(json(cedar.policies)),\"schema\":\(json(cedar.schema)),"
            + "\"reading\":\(cedar.reading),\"cases\":[\(cases.joined(separator: ","))]}\n"
        try handle.write(contentsOf: Data(line.utf8))
    }

    private func expected(_ judgement: Judgement, _ policy: Policy) throws -> String {
        struct Expected: Encodable {
            var gate: String
            var groups: [String]
            var duties: [String]
            var missing: [String]
        }
        let missing = judgement.rules.flatMap { part in
            part.missing.places.map { place in
                let rule = policy.carried[place].rule
                let first = policy.carried.firstIndex { $0.rule == rule } ?? 0
                return "missing \(policy.rules[rule].id) \(place - first + 1)"
            }
        }
        return try json(
            Expected(
                gate: judgement.gate.word, groups: judgement.groups.groups.map(\.rawValue),
                duties: judgement.duties(in: [policy]).map(\.rule.id), missing: missing))
    }

    private func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    func run() throws {
        try handle.close()
        let result = Cedar.run(Cedar.python.path, [Cedar.script.path, file.path])
        print(result.output)
        #expect(result.status == 0, "\(result.output.prefix(20_000))")
    }
}
