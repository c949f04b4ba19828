import ComityMessages
import ComityNode
import ComitySimulation
import ComityStore
import Testing

@Suite("Large commits of a simulated past")
struct GatheringTests {
    @Test("Gathered commits leave the same store as single ones, to the byte")
    func same() throws {
        func past(_ store: any Store, behind: Bool = false, flush: () throws -> Void) throws {
            let folder = try Folder()
            var world = try World(in: folder, store: store, behind: behind)
            let messages = try #require(
                Traffic(
                    country: world.country, population: world.population, tables: world.data.tables, seed: 4))
            let year = YearShape(end: world.now + .seconds(364 * 86_400))
            let traffic = try #require(
                YearOfTraffic(
                    messages, scale: YearScale(YearScale.coarsest), year: year, turns: [],
                    owners: world.country.owners, country: world.country, seed: 4))
            let past = PastYear(EventStream(traffic), end: year.end) { _, _, _ in }
            try past.run(through: &world.simulated, source: world.source)
            try world.line?.drain()
            world.line?.stop()
            try flush()
        }
        let single = MemoryStore()
        try past(single) {}
        let many = MemoryStore()
        let gathering = GatheringStore(many, limit: 150)
        try past(gathering) { try gathering.flush() }

        // The writer some steps behind the machine: envelopes are sealed under other fresh keys, and everything that
        // stands in a ledger is the same to the byte.
        let behind = MemoryStore()
        let gatheringBehind = GatheringStore(behind, limit: 150)
        try past(gatheringBehind, behind: true) { try gatheringBehind.flush() }
        let third = behind.contents
        #expect(third.entries.map(\.bytes) == single.contents.entries.map(\.bytes))
        #expect(third.entries.map(\.position) == single.contents.entries.map(\.position))
        #expect(third.heads == single.contents.heads)
        #expect(third.held == single.contents.held)

        let (one, other) = (single.contents, many.contents)
        #expect(one.entries.count > 600)
        #expect(one.entries == other.entries)
        #expect(one.heads == other.heads)
        #expect(one.held == other.held)
        #expect(one.mail == other.mail)
        #expect(one.sessions == other.sessions)
        #expect(one.oldestOpen == other.oldestOpen)
        #expect(other.commits * 20 < one.commits)
    }
}
