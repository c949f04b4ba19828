import ArgumentParser
import ComityExchange
import ComityLedger
import ComityNode
import ComityService
import Foundation

/// `comity ledger check`
struct LedgerCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a proof that somebody handed over; needs no home and no network.",
        discussion: "Ends with status 2 if the proof does not hold.")

    @Argument(help: "The proof; - for standard input.")
    var proof: String

    @Option(help: ArgumentHelp("The ledger's verifier key.", valueName: "file"))
    var key: String

    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let holds: Bool
        var why: String?
        var ledger: String?
        var position: UInt64?
        var size: UInt64?
        var root: String?
        var sealed: String?
        var kind: String?
        var time: String?
        var reference: String?
        var entry: String?
    }

    func run() throws {
        try output.run {
            let key = try VerifierKeyFile.load(key)
            let bytes = try proof == "-" ? standardInput(atMost: SignedNote.bytesMost) : contents()
            let report: Report
            do throws(NoteError) {
                let proof = try TlogProof(bytes)
                let (seal, entry) = try proof.verify(key)
                report = Self.report(proof, seal, entry)
            } catch {
                report = Report(holds: false, why: "\(error)")
            }
            if output.json { output.printJSON(report) } else { show(report) }
            return report.holds ? 0 : 2
        }
    }

    private func contents() throws -> [UInt8] {
        guard let contents = FileManager.default.contents(atPath: proof) else {
            throw ServiceError(
                "file-unreadable", "the file `\(proof)` cannot be read", next: "check its name")
        }
        return Array(contents)
    }

    private static func report(_ proof: TlogProof, _ seal: Seal, _ bytes: [UInt8]) -> Report {
        let entry = try? LedgerEntry(decoding: bytes)
        let transaction: TransactionID? =
            switch entry {
            case .question(let question): question.transaction
            case .closing(let closing): closing.transaction
            default: nil
            }
        return Report(
            holds: true, ledger: "\(seal.ledger)", position: proof.index, size: seal.size,
            root: "\(seal.root)",
            sealed: seal.time.map { words(seconds: $0) }, kind: entry?.kind.rawValue,
            time: entry.map { words(seconds: $0.time / 1000) },
            reference: transaction.map { "\(Reference($0))" },
            entry: Hex.text(bytes))
    }

    private static func words(seconds: UInt64) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }

    private func show(_ report: Report) {
        guard report.holds else {
            print(output.strong("FAIL") + "   the proof does not hold: \(report.why ?? "")")
            return
        }
        print(
            output.strong("OK")
                + "   entry \(report.position ?? 0) of \(report.ledger ?? ""), sealed with \(report.size ?? 0) entries"
                + (report.sealed.map { " at \($0)" } ?? ""))
        let kind = report.kind ?? "not an entry that this program knows"
        print(
            "     " + kind + (report.reference.map { " of look-up \($0)" } ?? "")
                + (report.time.map { ", \($0)" } ?? ""))
    }
}
