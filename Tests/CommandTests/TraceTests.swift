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

    @Test(
        "a message that was passed on is found and followed without its text; what cannot be sent again says why, and what to do"
    )
    func relayed() throws {
        let world = try CommandWorld()
        try world.pass("AM", to: "OR", "PLEASE CALL ABOUT CASE 7")
        _ = try world.run("ask", "--as", "OR0260200", "DQ", "WA", "OLN=\(world.licence("WA"))")
        world.node.waitForViews()
        let found = try world.run("message", "find", "--relayed", "--json").object()
        let messages = try #require(found["messages"] as? [[String: Any]])
        #expect(messages.count == 1 && messages[0]["text"] as? String == "sealed")
        #expect(messages[0]["destinations"] as? [String] == ["OR"])
        let reference = try #require(messages[0]["reference"] as? String)
        #expect(
            try world.run("message", "find", "--relayed", "--agency", "OR0260200", "--json").output.contains(
                "[\n\n  ]"))
        #expect(try world.run("message", "find", "--relayed", "--owner", "WA").status == 64)
        let trace = try world.run("message", "trace", reference)
        #expect(
            trace.output.hasPrefix("PASSED ON   \(reference)   DXCBP0100 sent it (AM)\n"), "\(trace.output)")
        #expect(!trace.output.contains("CASE 7"))

        func resend(_ reference: String, _ more: String...) throws -> CommandRun {
            try CommandRun(
                ["message", "resend", reference, "--as", "J. SAMPLE", "--reason", "printer was out"] + more,
                home: world.home)
        }
        let waits = try resend(reference)
        #expect(
            waits.status == 1
                && waits.errors.contains("has not gone out yet: its link has no room or is not connected"))
        #expect(waits.errors.contains("`comity link list`"))
        #expect(try resend(reference, "--to", "TX").errors.contains("did not go to `TX` the first time"))
        let lookups = try world.run("message", "find", "--json").object()["lookups"] as? [[String: Any]]
        let lookup = try #require(lookups?.first?["reference"] as? String)
        let refused = try resend(lookup)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("answers are not kept, only what commits to them"))
        #expect(refused.errors.contains("the asker asks again, or: `comity message trace \(lookup)`"))
        #expect(try resend("0000-0000-0000-0000").errors.contains("no look-up with the reference"))
        // Another member's key does not open it.
        #expect(
            try resend(reference, "--key", world.home + ".keys/owner-WA.key").errors.contains(
                "does not open the text"))
        #expect(try world.run("ledger", "verify").status == 0)
        world.node.stop()
        #expect(try resend(reference).errors.contains("no switch runs on the home"))
    }
}
