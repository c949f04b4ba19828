import ComityMessages
import ComityNode
import ComityRecords
import ComitySimulation
import Testing

@Suite("Made-up traffic")
struct TrafficTests {
    let tables: CodeTables
    let country: Country
    let population: SyntheticPopulation

    init() throws {
        let files = try DataFolder.find()
        tables = try files.tables()
        country = Country(directory: try files.directory(), tables: tables)
        population = SyntheticPopulation(seed: 3, owners: country.owners, peoplePerOwner: 30)
    }

    func traffic(seed: UInt64, _ count: Int = 4000) throws -> [Sending] {
        var traffic = try #require(
            Traffic(country: country, population: population, tables: tables, seed: seed))
        return (0..<count).flatMap { _ in traffic.next() }
    }

    @Test("The same seed gives the same messages, another seed gives others")
    func seeds() throws {
        #expect(try traffic(seed: 1, 500) == traffic(seed: 1, 500))
        #expect(try traffic(seed: 1, 500) != traffic(seed: 2, 500))
    }

    @Test("Nobody real is asked for: every name, licence, plate and VIN is visibly fake")
    func nobodyReal() throws {
        let lastNames = [
            "EXAMPLE", "SAMPLE", "SPECIMEN", "TESTER", "PLACEHOLDER", "MOCKUP", "FICTION", "NOBODY",
            "SYNTHETIC",
            "PRETEND",
        ]
        var licences: Set<String> = []
        for owner in country.owners {
            for person in 0..<30 { licences.insert(population.keys(of: owner, person: person).licence) }
        }
        var seen = 0
        for sending in try traffic(seed: 11) {
            guard let message = try? LegacyCodec.decode(sending.bytes, direction: .input, tables: tables)
            else {
                continue
            }
            for element in message.elements {
                switch element.prefix {
                case "NAM": #expect(lastNames.contains { element.value.hasPrefix($0 + ",") })
                case "OLN": #expect(licences.contains(element.value))
                case "LIC": #expect(element.value.hasPrefix("TST"))
                case "VIN": #expect(element.value.hasPrefix("1ZZTEST"))
                case "CASE": #expect(element.value.hasPrefix("SYN-"))
                case "ATN": #expect(element.value == "OFFICER EXAMPLE")
                default: continue
                }
                seen += 1
            }
        }
        #expect(seen > 4000)
    }

    @Test("Federal agency IDs are made up, and everybody speaks on a link of the country")
    func links() throws {
        let names = Set(country.links.map(\.name))
        var senders: Set<String> = []
        for sending in try traffic(seed: 12) {
            #expect(names.contains(sending.link))
            if let message = try? LegacyCodec.decode(sending.bytes, direction: .input, tables: tables) {
                senders.insert(message.origin.description)
                if sending.link.hasPrefix("US-") { #expect(message.origin.prefix.description == "DX") }
            }
        }
        for story in [
            "DXICE0100", "DXHSI0100", "DXCBP0100", "DXUSBP100", "DXDEA0100", "DXNOBODY1",
        ] {
            #expect(senders.contains(story))
        }
    }
}
