import Foundation
import Testing

/// Outputs as they should be, in files. What differs from run to run stands in them as a word in angle brackets.
struct Golden {
    /// The folder of the test's world, which is another one each time.
    let folder: String

    func check(_ name: String, _ run: CommandRun) throws {
        let path = CommandWorld.root + "/Tests/CommandTests/Golden/\(name).txt"
        let found = settled(run.output) + "[status \(run.status)]\n"
        if ProcessInfo.processInfo.environment["COMITY_GOLDEN"] == "write" {
            try found.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let wanted = try String(contentsOfFile: path, encoding: .utf8)
        #expect(found == wanted, "output of \(name); if it is meant, run the test with COMITY_GOLDEN=write")
    }

    private func settled(_ text: String) -> String {
        text.replacingOccurrences(of: folder, with: "<folder>")
            .replacing(/[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}/, with: "<reference>")
            .replacing(/\d{4}-\d{2}-\d{2}T[0-9:.]+Z/, with: "<time>")
            .replacing(/[0-9a-f]{64}/, with: "<hash>")
            .replacing(/time=[a-z-]+/, with: "time=<hours>")
            .replacing(/(lane\/[A-Z0-9]{2})\/\d{4}/) { "\($0.1)/<year>" }
    }
}
