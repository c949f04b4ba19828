import Foundation
import Testing

/// `comity policy check` and `comity policy test` on promises and on folders.
struct PromiseVerbTests {
    private static let examples = CommandWorld.root + "/Examples/policies"

    private func run(_ line: String...) throws -> CommandRun { try CommandRun(line, home: "/nowhere") }

    /// A folder of its own with one file, gone afterwards.
    private func withFile<Result>(_ text: String, _ work: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.path + "/promises-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder + "/below", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try text.write(toFile: folder + "/below/WA.policy", atomically: true, encoding: .utf8)
        return try work(folder)
    }

    private let broken = """
        policy WA "A promise that is not kept"
        version 1   effective 2026-01-15   taxonomy 2026.2

        share WA-1 "Everything for law enforcement"
          give everything
          to   law-enforcement
          law  "none"

        refuse WA-2 "No records for one office"
          from agency DXICE0100
          law  "none"

        promise "No address for immigration enforcement"
          family US.DHS.ICE never gets address, by any route
        """

    @Test("a kept promise says how many look-ups were tried; the status is 0")
    func kept() throws {
        let checked = try run("policy", "check", Self.examples + "/states/CT.policy")
        #expect(checked.status == 0, "\(checked.output)")
        #expect(checked.output.contains("kept "))
        #expect(checked.output.contains("The removal branch gets no address without a judge"))
        #expect(checked.output.contains("by trying all") || checked.output.contains("in a sample of"))
        #expect(checked.output.contains("1 of 1 promises kept"))
        let object = try JSONSerialization.jsonObject(
            with: Data(try run("policy", "check", "--json", Self.examples + "/states/CT.policy").output.utf8))
        let promise = ((object as? [[String: Any]])?.first?["promises"] as? [[String: Any]])?.first
        #expect(promise?["kept"] as? Bool == true)
        #expect(["enumeration", "sample"].contains(promise?["method"] as? String))
        #expect(promise?["tried"] as? Int ?? 0 > 1000)
        #expect(promise?["witness"] == nil)
    }

    @Test("a broken promise comes with a look-up that breaks it, in words; the status is 2, for both verbs")
    func brokenPromise() throws {
        try withFile(broken) { folder in
            for verb in ["check", "test"] {
                let checked = try run("policy", verb, folder)
                #expect(checked.status == 2)
                #expect(checked.output.contains("BROKEN"))
                #expect(
                    checked.output.contains("/below/WA.policy:13: No address for immigration enforcement"))
                #expect(checked.output.contains(" asks for a "))
                #expect(checked.output.contains("released is address"), "\(checked.output)")
            }
            let json = try run("policy", "check", "--json", folder)
            #expect(json.status == 2)
            #expect(json.output.contains("\"witness\" : \"an agency of the kind "), "\(json.output)")
        }
    }

    @Test("a folder stands for every policy file in it and below; an empty one is an error with status 1")
    func folders() throws {
        let tested = try run("policy", "test", Self.examples + "/states", Self.examples + "/TX.policy")
        #expect(tested.status == 0, "\(tested.output)")
        for name in ["states/IL.policy", "states/OR.policy", "TX.policy"] {
            #expect(tested.output.contains("OK   \(Self.examples)/\(name)"))
        }
        let empty = try run("policy", "test", CommandWorld.root + "/docs")
        #expect(empty.status == 1)
        #expect(empty.errors.contains("no policy file") && empty.errors.contains("next:"))
        #expect(try run("policy", "check").status == 64)
    }

    @Test("several mistakes in one run, each with place, code and what was meant")
    func severalMistakes() throws {
        try withFile(
            broken.replacingOccurrences(of: "US.DHS.ICE never", with: "US.DSH.ICE never")
                .replacingOccurrences(of: "law-enforcement", with: "law-enforcment")
        ) { folder in
            let checked = try run("policy", "check", folder)
            #expect(checked.status == 2)
            #expect(checked.output.contains(":6:8: error: "))
            #expect(checked.output.contains("[unknown-word]; did you mean `law-enforcement`?"))
            #expect(checked.output.contains("[unknown-family]; did you mean `US.DHS.ICE`?"))
            let object = try JSONSerialization.jsonObject(
                with: Data(try run("policy", "check", "--json", folder).output.utf8))
            let findings = (object as? [[String: Any]])?.first?["findings"] as? [[String: Any]]
            let first = findings?.first?["diagnostic"] as? [String: Any]
            #expect(findings?.count == 2)
            #expect(first?["line"] as? Int == 6 && first?["column"] as? Int == 8)
            #expect(first?["code"] as? String == "unknown-word")
            #expect(first?["help"] as? String == "did you mean `law-enforcement`?")
        }
    }
}
