import ComityLedger
import Foundation
import Testing

/// Runs the verifier in plain Python that shares no code with ours. Left out where there is no Python.
@Suite("The outside verifier", .enabled(if: Verifier.python != nil))
struct VerifierTests {
    @Test("It agrees with the vectors of the specification")
    func vectors() throws {
        let (status, text) = try Verifier.run("spec", Specification.url("").path)
        #expect(status == 0, "\(text)")
    }

    @Test("It finds an export of ours sound, and counts as we do")
    func export() throws {
        let export = try Specification.export()
        let lines = LedgerExport.lines(export.entries)
        #expect(lines == String(decoding: try Specification.bytes("export.ndjson"), as: UTF8.self))
        let (status, text) = try Verifier.check(lines)
        #expect(status == 0, "\(text)")
    }

    @Test("It finds a changed byte, a removed line, a changed root and a file that is none")
    func damaged() throws {
        let entries = try Specification.export().entries
        let sound = LedgerExport.lines(entries)
        var changed = entries
        changed[4][200] ^= 1
        let header = LedgerExport.lines(entries).prefix { $0 != "\n" }
        let body = LedgerExport.lines(changed).drop { $0 != "\n" }
        let cases = [
            header + String(body), sound.split(separator: "\n").dropLast().joined(separator: "\n"),
            LedgerExport.lines(changed).replacing(/"root":"..../, with: "\"root\":\"0000"), "", "[]", "{}",
        ]
        for text in cases {
            #expect(try Verifier.check(String(text)).status == 2)
        }
    }
}

extension LedgerExport {
    fileprivate static func lines(_ entries: [[UInt8]]) -> String {
        var frontier = MerkleFrontier()
        for entry in entries { frontier.append(Merkle.leafHash(entry)) }
        let ledger = LedgerName("hub/lane/WA/2026")!
        var lines = [header(ledger: ledger, size: frontier.size, root: frontier.root)]
        for (position, entry) in entries.enumerated() {
            lines.append(line(position: UInt64(position), entry: entry))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

private enum Verifier {
    static let python = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        .map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    static func check(_ export: String) throws -> (status: Int32, text: String) {
        let file = FileManager.default.temporaryDirectory.appending(
            path: "comity-export-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(export.utf8).write(to: file)
        return try run("export", file.path)
    }

    static func run(_ arguments: String...) throws -> (status: Int32, text: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: python ?? "/usr/bin/python3")
        process.arguments =
            [Specification.root.appending(path: "Examples/verifier/verify.py").path] + arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
}
