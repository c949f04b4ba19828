import ComityMessages
import ComityNode
import ComityStoreSQLite
import Foundation
import Testing

/// The verbs on a real home, with the real program: what they print and how they end.
///
/// Outputs are held against the files in `Golden`; `COMITY_GOLDEN=write` writes them anew.
@Suite(.serialized) struct StoryTests {
    @Test("the story of one look-up from asking to proof, in the words of the program")
    func story() throws {
        let world = try CommandWorld()
        let golden = Golden(folder: world.folder)

        // Asked in earnest.
        let ice = try world.run("ask", "--as", "DXICE0100", "DQ", "WA", "OLN=WDL00000012X")
        #expect(ice.status == 30)
        try golden.check("ask-refused", ice)
        let customs = try world.run("ask", "--as", "DXCBP0100", "DQ", "WA", "OLN=WDL00000012X")
        #expect(customs.status == 10)
        try golden.check("ask-in-part", customs)
        let deputy = try world.run("ask", "--as", "DXSHERIF1", "DQ", "WA", "OLN=WDL00000012X")
        #expect(deputy.status == 30)
        let texas = try world.run("ask", "--as", "DXICE0100", "DQ", "TX", "OLN=\(world.licence("TX"))")
        #expect(texas.status == 0)
        let oregon = try world.run("ask", "--as", "DXICE0100", "DQ", "OR", "OLN=\(world.licence("OR"))")
        #expect(oregon.status == 10)
        #expect(oregon.output.lowercased().contains("no decision on file"))
        let both = try world.run(
            "ask", "--as", "DXICE0100", "DQ", "WA", "TX", "OLN=WDL00000012X", "--json")
        #expect(both.status == 30)
        #expect((try both.object()["answers"] as? [Any])?.count == 2)
        // A protected person: refused on the record, and the asker does not learn by which rule.
        let hidden = try world.run(
            "ask", "--as", "OR0260200", "DQ", "WA", "OLN=\(world.licence("WA", person: 19))")
        #expect(hidden.status == 30)
        #expect(!hidden.output.contains("WA-5"))
        let wrong = try world.run("ask", "--as", "DXICE0100", "DQ", "WA", "OLN=X", "NONSENSE=1")
        #expect(wrong.status == 1)

        // Supposed.
        let can = try world.run("can", "DXCBP0100", "photo", "--owner", "WA")
        #expect(can.status == 30)
        try golden.check("can-refused", can)
        try golden.check("can-why", try world.run("can", "DXCBP0100", "photo", "--owner", "WA", "--why"))
        let texasPhoto = try world.run("can", "DXICE0100", "photo", "--owner", "TX")
        #expect(texasPhoto.status == 0)
        let serious = try world.run(
            "can", "DXFBI0100", "address", "--owner", "WA", "--offence", "kidnapping", "--case", "FAKE-1")
        #expect(serious.status == 0)
        try golden.check("can-released", serious)
        let held = try world.run(
            "can", "OR0260200", "photo", "--owner", "WA", "--request", "driver-by-number")
        #expect(held.status == 20)
        try golden.check("can-held", held)
        let noDecision = try world.run("can", "DXICE0100", "photo,address", "--owner", "OR")
        #expect(noDecision.status == 10)
        try golden.check("can-no-decision", noDecision)

        // Explained from the ledger.
        let reference = try #require(
            ice.output.split(separator: " ").map(String.init).first { $0.count == 19 })
        let explained = try world.run("explain", reference)
        #expect(explained.status == 0)
        try golden.check("explain-owner", explained)
        let asker = try world.run("explain", reference, "--as", "asker")
        try golden.check("explain-asker", asker)
        // The words are those of the answer that was sent.
        for line in asker.output.split(separator: "\n").drop(while: { !$0.hasPrefix("Washington") }) {
            #expect(ice.output.contains(line), "\(line)")
        }
        #expect(try world.run("explain", reference, "--json").object()["outcome"] as? String == "refused")
        #expect(try world.run("explain", "0000-0000-0000-0000").status == 1)

        // Counted, once everything is in the read models.
        world.node.waitForViews()
        let counted = try world.run("who-did", "--owner", "WA")
        #expect(counted.status == 0)
        try golden.check("who-did", counted)
        let federal = try world.run("who-did", "--owner", "WA", "--family", "US.DHS.ICE", "--json").object()
        #expect((federal["total"] as? [String: Any])?["refused"] as? Int == 3)

        // While the switch runs, its views are its own.
        let early = try world.run("rebuild")
        #expect(early.status == 1)
        #expect(early.errors.contains("in use by process"))
        #expect(try world.run("status", "--json").status == 0)
        world.node.stop()
        #expect(try world.run("status").status == 1)

        // Proved.
        let verified = try world.run("ledger", "verify")
        #expect(verified.status == 0)
        try golden.check("ledger-verify", verified)
        let report = try world.run("ledger", "verify", "--json").object()
        #expect(report["lookups"] as? Int == 8)
        #expect(report["entriesPerLookup"] as? Double == 2)
        let lines = try world.run("ledger", "export", "--owner", "WA").output.split(separator: "\n")
        // Opened, five look-ups, three times explained to somebody, exported.
        #expect(lines.count == 1 + 10 + 3 + 1)

        // Made anew.
        let before = try SQLiteViews(reading: world.node.home.views).dump()
        let rebuilt = try world.run("rebuild")
        #expect(rebuilt.status == 0)
        #expect(try SQLiteViews(reading: world.node.home.views).dump() == before)
        #expect(before.count == 8)

        // One changed byte.
        try changeOneByte(world.node.home.store)
        let broken = try world.run("ledger", "verify", "--json")
        #expect(broken.status == 2)
        #expect(try broken.object()["sound"] as? Bool == false)
    }

    private func changeOneByte(_ store: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            """
            import sqlite3,sys
            d=sqlite3.connect(sys.argv[1]); i,b=d.execute("select id,bytes from entry order by id desc limit 1").fetchone()
            b=bytearray(b); b[-1]^=1; d.execute("update entry set bytes=? where id=?",(bytes(b),i)); d.commit()
            """, store,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
