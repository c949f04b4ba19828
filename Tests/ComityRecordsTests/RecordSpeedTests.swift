import ComityMessages
import ComityRecords
import Testing

@Suite("Speed of records", .serialized)
struct RecordSpeedTests {
    @Test("A nation of 51 times 200 people and vehicles is written in less than 1.5 s in release")
    func writing() throws {
        let clock = ContinuousClock()
        var fixture: RecordFixture?
        let time = try clock.measure { fixture = try RecordFixture(.nation(seed: 1, people: 200)) }
        print("10,200 people and vehicles written in \(time), \(try fixture!.bytes().count) bytes")
        #expect(time < limit(.milliseconds(1500)))
    }

    @Test("A look-up by licence number or plate takes less than 15 µs in release")
    func lookups() throws {
        let population = SyntheticPopulation.nation(seed: 1, people: 200)
        let source = try RecordFixture(population).source()
        var licences: [RecordQuery] = []
        var plates: [RecordQuery] = []
        for index in 0..<10_000 {
            let owner = population.owners[index % 51]
            let keys = population.keys(of: owner, person: index)
            licences.append(
                RecordQuery(owner: owner, kind: .driverByNumber, search: .licence(number: keys.licence)))
            plates.append(
                RecordQuery(
                    owner: owner, kind: .vehicleByPlate,
                    search: .plate(number: keys.plate, year: keys.plateYear, type: keys.plateType)))
        }
        for (name, queries) in [("licence", licences), ("plate", plates)] {
            var best = Duration.seconds(60)
            for _ in 0..<3 {
                var found = 0
                let time = ContinuousClock().measure {
                    for query in queries { found += source.answer(query).found.count }
                }
                #expect(found == queries.count)
                best = min(best, time / queries.count)
            }
            print("look-up by \(name): \(best)")
            #expect(best < limit(.microseconds(15)))
        }
    }

    /// Debug builds are slow and say nothing about speed: they only have to end.
    private func limit(_ release: Duration) -> Duration {
        #if DEBUG
            .seconds(60)
        #else
            release
        #endif
    }
}
