import ComityMessages
import ComityNode
import ComitySimulation
import ComityStore
import Testing

@Suite("Large commits of a simulated past")
struct GatheringTests {
    @Test("Gathered commits leave the same store as single ones, to the byte")
    func same() throws {
        func past(_ store: any Store, flush: () throws -> Void) throws {
            let folder = try Folder()
            var world = try World(in: folder, store: store)
            let traffic = try #require(
                Traffic(
                    country: world.country, population: world.population, tables: world.data.tables, seed: 4))
            let past = PastTraffic(
                traffic, lookups: 300, days: 56, end: world.now + .seconds(56 * 86_400),
                owners: world.country.owners, seed: 4)
            try past.run(through: &world.simulated, source: world.source)
            try flush()
        }
        let single = MemoryStore()
        try past(single) {}
        let many = MemoryStore()
        let gathering = GatheringStore(many, limit: 150)
        try past(gathering) { try gathering.flush() }

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
