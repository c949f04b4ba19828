import ComityLedger
import ComityNode
import ComityService
import ComityStore
import Testing

@Suite("Ledgers at the turn of the year")
struct YearTests {
    @Test("the old year's ledger is closed in the commit that opens the new one, which names its end")
    func turned() throws {
        var scene = try WriterScene()
        try scene.commit(entries: 20, seed: 3)
        try scene.note(in: "hub/lane/WA/2028")
        let entries = try scene.store.contents.entries.map { try LedgerEntry(decoding: $0.bytes) }
        #expect(entries.suffix(3).map(\.kind) == [.close, .open, .gap])
        guard case .close(let close) = entries[entries.count - 3],
            case .open(let open) = entries[entries.count - 2]
        else { return }
        #expect(close.ledger.description == "hub/lane/WA/2026" && close.next == 2028)
        let head = try #require(scene.store.heads().first { $0.name == "hub/lane/WA/2026" })
        #expect(open.previousSize == head.size)
        #expect(open.previousRoot?.bytes == head.root)
        // Not again, and not for owners that nobody asked about.
        try scene.note(in: "hub/lane/WA/2028")
        try scene.restart()
        try scene.note(in: "hub/lane/WA/2028")
        try scene.note(in: "hub/lane/ID/2028")
        #expect(try kinds(scene).count { $0 == .close } == 1)
        let verification = try LedgerVerification(scene.store)
        #expect(verification.storeFindings == [])
        #expect(verification.isSound)
    }

    @Test("a new year's ledger that does not begin where the old one was closed is found")
    func untied() throws {
        var scene = try WriterScene()
        try scene.commit(entries: 20, seed: 3)
        try scene.note(in: "hub/lane/WA/2027")
        // The close taken away: as a switch that rewrites the old year would have it.
        let rows = scene.store.contents.entries
        let close = try #require(
            rows.firstIndex { (try? LedgerEntry(decoding: $0.bytes))?.kind == .close })
        let other = MemoryStore()
        var trees: [Int64: MerkleFrontier] = [:]
        var batch = Batch()
        for row in rows where row.id != rows[close].id {
            var row = row
            row.id = Int64(batch.entries.count) + 1
            trees[row.ledger, default: MerkleFrontier()].append(Merkle.leafHash(row.bytes))
            batch.entries.append(row)
        }
        for head in try scene.store.heads() {
            let tree = trees[head.ledger]!
            batch.heads.append(
                HeadMove(
                    from: 0,
                    to: HeadRow(
                        ledger: head.ledger, name: head.name, size: tree.size, root: tree.root.bytes)))
        }
        try other.commit(batch)
        let findings = try LedgerVerification(other).storeFindings
        #expect(
            findings == ["ledger `hub/lane/WA/2027` does not begin where `hub/lane/WA/2026` was closed"])
    }

    private func kinds(_ scene: WriterScene) throws -> [LedgerEntry.Kind] {
        try scene.store.contents.entries.map { try LedgerEntry(decoding: $0.bytes).kind }
    }
}
