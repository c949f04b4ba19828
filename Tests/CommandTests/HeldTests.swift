import ComityLedger
import ComityMessages
import ComityNode
import ComityStore
import ComityStoreSQLite
import Foundation
import Testing

/// A desk at work, with the real program on a real switch.
@Suite(.serialized) struct HeldTests {
    private func ask(_ world: CommandWorld, person: Int) throws -> String {
        let run = try world.run(
            "ask", "--as", "OR0260200", "DQ", "WA", "OLN=\(world.licence("WA", person: person))", "IMQ=Y",
            "--json")
        #expect(run.status == 20, "\(run.output)\(run.errors)")
        let answers = try run.object()["answers"] as? [[String: Any]]
        return try #require(answers?.first?["reference"] as? String)
    }

    /// What became of a look-up, once it has ended.
    private func outcome(_ world: CommandWorld, _ reference: String) throws -> String {
        for _ in 0..<100 {
            let run = try world.run("explain", reference)
            if !run.output.isEmpty, !run.output.uppercased().contains("HELD FOR REVIEW") { return run.output }
            Thread.sleep(forTimeInterval: 0.05)
        }
        Issue.record("`\(reference)` did not end")
        return ""
    }

    @Test("what waits is listed, released in part or refused, recorded, and told; who decided is sealed")
    func desk() throws {
        let world = try CommandWorld()
        #expect(try world.run("held", "list").output.hasPrefix("Nothing waits for a person."))
        let (first, second) = (try ask(world, person: 0), try ask(world, person: 1))

        let list = try world.run("held", "list", "--json").object()["held"] as? [[String: Any]]
        #expect(list?.compactMap { $0["reference"] as? String } == [first, second])
        let desks = list?.first?["desks"] as? [[String: Any]]
        #expect(desks?.compactMap { $0["desk"] as? String } == ["State desk"])
        #expect(desks?.first?["people"] as? Int == 1 && desks?.first?["approvals"] as? Int == 0)
        #expect((list?.first?["releasable"] as? [String])?.contains("photo") == true)
        #expect(try world.run("held", "list", "--owner", "TX").output.hasPrefix("Nothing waits"))
        let table = try world.run("held", "list")
        #expect(table.output.hasPrefix("2 waiting. Nobody deciding, the first is refused in 3 h 59 min."))
        #expect(table.output.contains("WA-4") && table.output.contains("OR0260200"))
        let show = try world.run("held", "show", first.lowercased())
        #expect(show.status == 0 && show.output.contains("State desk: waits"))
        for text in [table.output, show.output] { #expect(!text.contains(world.licence("WA", person: 0))) }

        // What an officer can get wrong changes nothing.
        let by = ["--as", "SAMPLE REVIEWER 77", "--reason", "court-order"]
        for (arguments, status, says) in [
            (["held", "approve", first] + by + ["--give", "ssn"], 1, "does not let ssn through"),
            (["held", "approve", first] + by + ["--give", "fotos"], 64, "no field group"),
            (["held", "approve", first] + by + ["--desk", "Front desk"], 1, "State desk"),
            (["held", "approve", first, "--as", "A", "--reason", "because"], 64, "court-order"),
            (["held", "refuse", first, "--as", "", "--reason", "other"], 1, "somebody who made it"),
            (["held", "refuse", "0000-0000-0000-0000"] + by, 1, "waits for a person"),
        ] as [([String], Int32, String)] {
            let run = try CommandRun(arguments, home: world.home)
            #expect(run.status == status && run.errors.contains(says), "\(arguments): \(run.errors)")
        }

        let approve =
            ["held", "approve", first] + by + [
                "--give", "licence,photo", "--note", "ORDER 4711 EXAMPLE COURT",
            ]
        let approved = try CommandRun(approve, home: world.home)
        #expect(approved.status == 0 && approved.output.hasPrefix("APPROVED"), "\(approved.errors)")
        #expect(try outcome(world, first).uppercased().contains("RELEASED IN PART"))
        let refuse = try CommandRun(
            ["held", "refuse", second, "--as", "SAMPLE REVIEWER 77", "--reason", "not-authorised", "--json"],
            home: world.home)
        #expect(try refuse.object()["outcome"] as? String == "refused")
        let page = try outcome(world, second)
        #expect(page.contains("desk looked at it"), "\(page)")
        #expect(page.contains("reviewed    State desk refused: not-authorised, "), "\(page)")
        let released = try outcome(world, first)
        #expect(
            released.contains("reviewed    State desk approved licence, photo: court-order, "), "\(released)")
        let told = try world.run("explain", first, "--as", "asker").output
        #expect(!told.contains("reviewed    "))
        #expect(try CommandRun(approve, home: world.home).errors.contains("it was decided"))

        // Recorded in the owner's ledger, sound, and without the person who decided.
        let export = try world.run("ledger", "export", "--owner", "WA", "--format", "ndjson").output
        let reviews = export.split(separator: "\n").filter { $0.contains("\"review\"") }
        #expect(reviews.count == 2)
        #expect(reviews[0].contains("court-order") && reviews[0].contains("approve"))
        #expect(reviews[1].contains("not-authorised") && reviews[1].contains("refuse"))
        let verify = try world.run("ledger", "verify", "--owner", "WA")
        #expect(verify.status == 0, "\(verify.output)")
        for secret in ["SAMPLE REVIEWER 77", "4711"] {
            #expect(!export.contains(secret) && !verify.output.contains(secret))
            for file in try FileManager.default.subpathsOfDirectory(atPath: world.home) {
                let data = FileManager.default.contents(atPath: world.home + "/" + file) ?? Data()
                #expect(data.range(of: Data(secret.utf8)) == nil, "\(file)")
            }
        }
    }

    @Test("an erased look-up takes the sealed notes of its desk along")
    func erasedNotes() throws {
        let world = try CommandWorld()
        let reference = try ask(world, person: 0)
        let approve = [
            "held", "approve", reference, "--as", "SAMPLE REVIEWER 77", "--reason", "court-order", "--note",
            "ORDER 4711 EXAMPLE COURT",
        ]
        #expect(try CommandRun(approve, home: world.home).status == 0)
        _ = try outcome(world, reference)
        func envelopes() throws -> Int {
            let store = try StoreReader(path: world.node.home.store)
            defer { try? store.close() }
            return try store.entries(after: 0, limit: .max).count { row in
                let kind = try LedgerEntry(decoding: row.bytes).kind
                return row.body != nil && (kind == .question || kind == .review)
            }
        }
        #expect(try envelopes() == 2)
        let before = try world.run("ledger", "verify", "--owner", "WA", "--json")
        #expect(try before.object()["envelopesCompared"] as? Int == 2, "\(before.output)")
        let erase = try world.run(
            "ledger", "erase", reference, "--owner", "WA", "--order", "Example Court, 26-2-1", "--yes",
            "--json")
        #expect(erase.status == 0, "\(erase.output)\(erase.errors)")
        #expect(try envelopes() == 0)
        let after = try world.run("ledger", "verify", "--owner", "WA", "--json")
        #expect(after.status == 0, "\(after.output)")
        #expect(try after.object()["envelopesErased"] as? Int == 2)
    }

    @Test("without a running switch a desk is told so")
    func noSwitch() throws {
        let world = try CommandWorld()
        world.node.stop()
        let run = try world.run("held", "list", "--json")
        #expect(run.status == 1)
        #expect((try run.object()["error"] as? [String: Any])?["code"] as? String == "no-switch")
    }

    @Test(
        "two people of a desk, where the rule says so: each by another name, both recorded, neither on the disk"
    )
    func twoPeople() throws {
        let world = try CommandWorld()
        let asked = try world.run(
            "ask", "--as", "DXDEA0100", "DQ", "NL", "NAM=EXAMPLE,PAT", "DOB=19800101", "SEX=M", "--json")
        let answers = try asked.object()["answers"] as? [[String: Any]]
        let held = answers?.first { $0["owner"] as? String == "NY" }
        let reference = try #require(held?["reference"] as? String, "\(asked.output)\(asked.errors)")
        #expect(try world.run("held", "list").output.contains("Records desk (two people)"))
        func approve(_ name: String) throws -> CommandRun {
            try world.run("held", "approve", reference, "--as", name, "--reason", "statute")
        }
        let first = try approve("SAMPLE REVIEWER 78")
        #expect(
            first.status == 0 && first.output.contains("it still waits for: Records desk (another person)"))
        let show = try world.run("held", "show", reference).output
        #expect(show.contains("Records desk: approved by one person, waits for another"), "\(show)")
        let again = try approve("sample reviewer 78")
        #expect(again.status == 1 && again.errors.contains("another person of the desk"), "\(again.errors)")
        #expect(try approve("SAMPLE REVIEWER 79").output.hasPrefix("APPROVED"))
        let page = try outcome(world, reference)
        #expect(page.components(separatedBy: "reviewed    Records desk approved").count == 3, "\(page)")
        #expect(try world.run("ledger", "verify", "--owner", "NY").status == 0)
        for file in try FileManager.default.subpathsOfDirectory(atPath: world.home) {
            let data = FileManager.default.contents(atPath: world.home + "/" + file) ?? Data()
            for secret in ["SAMPLE REVIEWER 78", "SAMPLE REVIEWER 79"] {
                #expect(data.range(of: Data(secret.utf8)) == nil, "\(file)")
            }
        }
    }
}
