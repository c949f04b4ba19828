import ComityLedger
import ComityNode
import ComityStore
import Testing

@Suite("Where trees grow on after a restart")
struct FrontierTests {
    /// More entries than the writer leaves between two writings of the frontiers.
    private static let many = 9_000

    @Test(
        "a restart at any size goes on with the trees that the entries give",
        arguments: [0, 1, 100, 8_000, 8_192, 8_200, 9_000])
    func restarts(size: Int) throws {
        var scene = try WriterScene()
        var written = 0
        while written < size {
            let step = min(700, size - written)
            try scene.commit(entries: step, seed: UInt64(written))
            written += step
        }
        try scene.restart()
        try scene.commit(entries: 50, seed: 1)
        #expect(try roots(scene.store) == grown(scene.store))
    }

    @Test("frontiers are written now and then, not with every commit")
    func nowAndThen() throws {
        var scene = try WriterScene()
        try scene.commit(entries: 8_000, seed: 1)
        #expect(scene.store.contents.frontiers.isEmpty)
        try scene.commit(entries: 200, seed: 2)
        #expect(scene.store.contents.frontiers.count == 4)
    }

    @Test("a head whose root is not that of its entries stops the start")
    func damagedHead() throws {
        var scene = try WriterScene()
        try scene.commit(entries: Self.many, seed: 1)
        let head = try #require(scene.store.contents.heads[2])
        var batch = Batch()
        batch.heads = [
            HeadMove(
                from: head.size,
                to: HeadRow(
                    ledger: 2, name: head.name, size: head.size, root: [UInt8](repeating: 0, count: 32)))
        ]
        try scene.store.commit(batch)
        #expect(throws: (any Error).self) { try scene.restart() }
    }

    @Test("a frontier that was changed, or is of another size, stops the start")
    func damagedFrontier() throws {
        for change in [{ (bytes: inout [UInt8]) in bytes[20] ^= 1 }, { $0[7] ^= 1 }, { $0.removeLast() }] {
            var scene = try WriterScene()
            try scene.commit(entries: Self.many, seed: 1)
            var frontier = try #require(scene.store.contents.frontiers[3])
            change(&frontier.bytes)
            var batch = Batch()
            batch.frontiers = [frontier]
            try scene.store.commit(batch)
            #expect(throws: (any Error).self) { try scene.restart() }
        }
    }

    /// The roots that the heads say.
    private func roots(_ store: MemoryStore) throws -> [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: try store.heads().map { ($0.name, $0.root) })
    }

    /// The roots that all entries give, hashed from the first.
    private func grown(_ store: MemoryStore) -> [String: [UInt8]] {
        var trees: [Int64: MerkleFrontier] = [:]
        for entry in store.contents.entries {
            trees[entry.ledger, default: MerkleFrontier()].append(Merkle.leafHash(entry.bytes))
        }
        return Dictionary(
            uniqueKeysWithValues: store.contents.heads.values.map {
                ($0.name, trees[$0.ledger]!.root.bytes)
            })
    }
}
