import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStoreSQLite
import Foundation
import Testing

/// Numbers and judgements from the ledger entries alone, with the real program on a real home.
@Suite(.serialized) struct CountTests {
    /// Five look-ups of Washington: two of immigration enforcement, one of a sheriff tied to it, one on its behalf, and
    /// one of customs.
    private func world() throws -> CommandWorld {
        let world = try CommandWorld()
        for (agency, more) in [
            ("DXICE0100", nil), ("DXICE0200", nil), ("DXSHERIF1", nil), ("OR0260200", "BEHALF=DXICE0100"),
            ("DXCBP0100", nil),
        ] {
            let run = try CommandRun(
                ["ask", "--as", agency, "DQ", "WA", "OLN=\(world.licence("WA"))"] + (more.map { [$0] } ?? []),
                home: world.home)
            #expect([0, 10, 30].contains(run.status), "\(run.output)\(run.errors)")
        }
        return world
    }

    private func column(_ run: CommandRun, _ name: String) throws -> [String: Int] {
        try #require(try run.object()[name] as? [String: Int], "\(run.output)\(run.errors)")
    }

    @Test("each look-up counts once: own, affiliated or on behalf")
    func counted() throws {
        let world = try world()
        let ice = try world.run("ledger", "count", "--owner", "WA", "--family", "US.DHS.ICE", "--json")
        #expect(ice.status == 0)
        #expect(try column(ice, "own")["asked"] == 2)
        #expect(try column(ice, "own")["refused"] == 2)
        #expect(try column(ice, "affiliated")["asked"] == 1)
        #expect(try column(ice, "onBehalf")["asked"] == 1)
        #expect(try column(ice, "total")["asked"] == 4)
        #expect((try ice.object()["directories"] as? [String])?.count == 1)
        let department = try world.run("ledger", "count", "--owner", "WA", "--family", "US.DHS", "--json")
        #expect(try column(department, "own")["asked"] == 3)
        let all = try world.run("ledger", "count", "--owner", "WA", "--json")
        #expect(try column(all, "total")["asked"] == 5)
        #expect(try column(all, "total")["inPart"] == 1)
        let before = try world.run("ledger", "count", "--owner", "WA", "--to", "2020-01-01", "--json")
        #expect(try column(before, "total")["asked"] == 0)
        let text = try world.run("ledger", "count", "--owner", "WA", "--family", "US.DHS.ICE")
        #expect(text.output.contains("own\t2\t0\t0\t2\t0\t0\t0"))
        #expect(try world.run("ledger", "count", "--family", "US.DHS.ICE").status == 64)
        #expect(try world.run("ledger", "count", "--owner", "ID").status == 1)
    }

    @Test("both seals of a count are good seals of the owner's ledger")
    func sealed() throws {
        let world = try world()
        let tiles = world.folder + "/tiles"
        #expect(try world.run("ledger", "export", "--owner", "WA", "--tiles", tiles).status == 0)
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: tiles).first { $0.hasSuffix(".vkey") })
        let key = try VerifierKeyFile.load(tiles + "/" + name)
        let run = try world.run("ledger", "count", "--owner", "WA", "--json")
        let ledger = try #require((try run.object()["ledgers"] as? [[String: String]])?.first)
        let from = try Seal(Array(try #require(ledger["fromSeal"]).utf8), key: key)
        let to = try Seal(Array(try #require(ledger["toSeal"]).utf8), key: key)
        // The first entry opens the ledger, the last ones say that it was exported and counted.
        #expect(from.size == 0 && to.size == 1 + 5 * 2 + 2)
    }

    @Test("every look-up is judged again and comes out the same; a changed one does not")
    func rejudged() throws {
        let world = try world()
        let run = try world.run("ledger", "rejudge", "--owner", "WA", "--json")
        #expect(run.status == 0, "\(run.output)")
        #expect(try run.object()["judged"] as? Int == 5)
        let reader = try HomeReader(Home(world.home))
        let (store, taxonomy) = (try reader.store(), try reader.data.taxonomy())
        let archive = try PolicyArchive(
            control: store.controlEntries(), taxonomy: taxonomy, directory: try reader.data.directory())
        var rejudging = Rejudging(archive: archive, taxonomy: taxonomy)
        _ = try LookupReplay(store, owner: MemberCode("WA")!, from: nil, to: nil) { lookup in
            var question = lookup.question
            question.gate = question.gate == .refused ? .open : .refused
            rejudging.add(
                RecordedLookup(
                    question: question, questionPosition: lookup.questionPosition, closing: lookup.closing,
                    closingPosition: lookup.closingPosition))
        }
        #expect(rejudging.judged == 5 && rejudging.different.count == 5 && !rejudging.isSame)
    }
}
