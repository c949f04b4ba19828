import ComityMessages
import ComityNode
import Foundation
import Testing

/// Finding messages and following them, with the real program on a real switch.
@Suite(.serialized) struct TraceTests {
    @Test(
        "a message to three owners is one trace with three ends; without the owner's key the link stays unknown"
    )
    func trace() throws {
        let world = try CommandWorld()
        let asked = try world.run(
            "ask", "--as", "OR0260200", "DQ", "WA", "TX", "NY", "OLN=\(world.licence("WA"))", "--link", "or",
            "--json")
        let answers = try #require(try asked.object()["answers"] as? [[String: Any]], "\(asked.errors)")
        let references = answers.compactMap { $0["reference"] as? String }
        #expect(references.count == 3)
        world.node.waitForViews()
        for reference in references {
            let trace = try world.run("message", "trace", reference, "--json").object()
            let steps = try #require(trace["steps"] as? [[String: Any]])
            #expect(steps.count == 6)
            #expect(Set(steps.compactMap { $0["reference"] as? String }) == Set(references))
            #expect(Set(steps.compactMap { $0["owner"] as? String }) == ["WA", "TX", "NY"])
            #expect(steps.filter { $0["what"] as? String == "ended" }.count == 3)
            #expect((trace["arrival"] as? [String: Any])?["link"] as? String == "or")
        }
        let text = try world.run("message", "trace", references[0])
        #expect(text.output.hasPrefix("ENDED   OR0260200 asked (DQ), 3 look-ups\n"), "\(text.output)")
        #expect(!text.output.contains(world.licence("WA")))
        #expect(try world.accesses("WA").contains("view trace"))
        for owner in ["WA", "TX", "NY"] {
            for role in ["owner", "auditor"] {
                try FileManager.default.removeItem(atPath: world.home + ".keys/\(role)-\(owner).key")
            }
        }
        let blind = try world.run("message", "trace", references[0])
        #expect(blind.status == 0 && blind.output.contains("the owner's key says which"), "\(blind.output)")
        #expect(try world.run("message", "trace", "0000-0000-0000-0000").status == 1)
    }

    @Test(
        "look-ups are found by who asked, whom and what came of it, the newest first; never by a person's data"
    )
    func find() throws {
        let world = try CommandWorld()
        for agency in ["OR0260200", "DXICE0100", "OR0260200"] {
            _ = try world.run("ask", "--as", agency, "DQ", "WA", "OLN=\(world.licence("WA"))")
        }
        world.node.waitForViews()
        func found(_ arguments: String...) throws -> [[String: Any]] {
            let run = try CommandRun(["message", "find", "--json"] + arguments, home: world.home)
            return try #require(try run.object()["lookups"] as? [[String: Any]], "\(run.errors)")
        }
        #expect(
            try found().compactMap { $0["agency"] as? String } == ["OR0260200", "DXICE0100", "OR0260200"])
        #expect(try found("--agency", "OR0260200").count == 2)
        #expect(try found("--outcome", "refused").compactMap { $0["agency"] as? String } == ["DXICE0100"])
        #expect(try found("--owner", "TX").isEmpty)
        #expect(try found("--period", "2020-01").isEmpty)
        let reference = try #require(try found("--limit", "1").first?["reference"] as? String)
        #expect(try world.run("explain", reference).status == 0)
        #expect(try world.run("message", "find", "--limit", "1").output.contains("there are more"))
        #expect(try world.run("message", "find", "--limit", "0").status == 64)
    }
}
