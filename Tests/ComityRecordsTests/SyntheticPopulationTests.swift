import ComityMessages
import ComityRecords
import Testing

@Suite("Made-up people and vehicles")
struct SyntheticPopulationTests {
    @Test(
        "The same seed gives the same bytes, and another seed others", arguments: [1, 99, .max] as [UInt64])
    func seeds(seed: UInt64) throws {
        let bytes = try RecordFixture(.small(seed: seed)).bytes()
        #expect(try RecordFixture(.small(seed: seed)).bytes() == bytes)
        #expect(try RecordFixture(.small(seed: seed &+ 1)).bytes() != bytes)
    }

    @Test("Another seed gives other people, not only another note of the seed")
    func otherPeople() {
        let (a, b) = (SyntheticPopulation.small(seed: 1), SyntheticPopulation.small(seed: 2))
        let different = (0..<60).count {
            a.keys(of: .wa, person: $0).name != b.keys(of: .wa, person: $0).name
        }
        #expect(different > 40)
    }

    @Test(
        "Licence WDL00000012X is in Washington for every seed, also in the smallest population",
        arguments: [0, 5, 77] as [UInt64])
    func anchor(seed: UInt64) throws {
        let source = try RecordFixture(.small(seed: seed, people: 1)).source()
        #expect(source.licence("WDL00000012X").found.count == 1)
    }

    @Test("Everything about everybody is visibly fake, fits a message element and has its documented form")
    func fake() throws {
        let population = SyntheticPopulation.nation(seed: 4, people: 15)
        let source = try RecordFixture(population).source()
        var licences: Set<String> = []
        var vins: Set<String> = []
        for owner in population.owners {
            for index in 0..<15 {
                let keys = population.keys(of: owner, person: index)
                #expect(licences.insert(keys.licence).inserted && keys.licence.utf8.count <= 20)
                #expect(vins.insert(keys.vin).inserted && keys.vin.utf8.count == 17)
                #expect(keys.vin.hasPrefix("1ZZTEST") && !keys.vin.contains { "IOQ".contains($0) })
                #expect(keys.plate.hasPrefix("TST"))
                #expect(BirthDate(keys.birth)?.candidates == [keys.birth])
                #expect(keys.name.utf8.count <= 30 && PersonName(keys.name)?.full == keys.name)
                let record = try #require(
                    source.licence(keys.licence, of: owner, kind: .driverHistory, photo: true).found.first)
                #expect(record.values("SOC").allSatisfy { $0.hasPrefix("000") && $0.utf8.count == 9 })
                #expect(record.values("ADR").allSatisfy { $0.contains(" EXAMPLE ST ") })
                for value in record.elements.map(\.element.value) {
                    #expect(
                        !value.contains(".") && !value.isEmpty
                            && value.utf8.allSatisfy { (0x20...0x7E).contains($0) })
                }
            }
        }
    }

    @Test("A minor has a permit, and the age of a minor on the day of counting")
    func minors() throws {
        let fixture = try RecordFixture(.small(seed: 6, people: 200))
        let source = try fixture.source()
        var minors = 0
        for index in 0..<200 {
            let keys = fixture.population.keys(of: .wa, person: index)
            let record = try #require(source.licence(keys.licence).found.first)
            let digits = keys.birth.utf8.map { Int($0) - 48 }.reduce(0) { $0 * 10 + $1 }
            let (year, month, day) = fixture.population.today.civil
            let age = (year * 10_000 + month * 100 + day - digits) / 10_000
            #expect((record.facts["minor"] == "yes") == (age < 18), "\(keys.birth)")
            #expect(age >= 15)
            if age < 18 {
                minors += 1
                #expect(record.facts["document-class"] == "permit")
            }
        }
        #expect(minors > 0)
    }

    @Test("Numbers beyond the population begin again, and negative ones are no trap")
    func around() {
        let population = SyntheticPopulation.small(seed: 1)
        #expect(population.keys(of: .wa, person: 60) == population.keys(of: .wa, person: 0))
        #expect(population.keys(of: .wa, person: .min).plate.hasPrefix("TST"))
    }
}
