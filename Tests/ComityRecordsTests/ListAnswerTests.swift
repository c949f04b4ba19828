import ComityMessages
import ComityRecords
import ComityTestSupport
import Testing

@Suite("Lists: by name alone, by the owner's name, by a part of the plate")
struct ListAnswerTests {
    /// So many people that some last names stand for more than an answer holds, and some do not.
    let population = SyntheticPopulation.small(seed: 3, people: 90)
    let source: SQLRecordSource
    private let fixture: RecordFixture
    private let people: [SyntheticPopulation.Keys]

    init() throws {
        fixture = try RecordFixture(population)
        source = try fixture.source()
        people = (0..<90).map { [population] in population.keys(of: .wa, person: $0) }
    }

    /// The first ten in the order of the file, and whether there are more.
    private func expected(_ values: [String]) -> (values: [String], more: Bool) {
        (Array(values.prefix(10)), values.count > 10)
    }

    private func check(
        _ answer: RecordAnswer, _ prefix: String, _ values: [String], _ note: String
    ) {
        let expected = expected(values)
        #expect(answer.found.flatMap { $0.values(prefix) } == expected.values, "\(note)")
        var hasMore = false
        if case .firstRecords = answer { hasMore = true }
        #expect(hasMore == expected.more, "\(note)")
    }

    @Test("A name finds everybody of that name, ten at most, and says whether there are more")
    func names() throws {
        var sizes: Set<Bool> = []
        for person in people {
            let last = String(person.name.prefix { $0 != "," })
            let first = String(person.name.dropLast(2))
            for name in [last, last + ",", first, person.name] {
                let matching = people.filter {
                    name == person.name
                        ? $0.name == name : $0.name.hasPrefix(name.contains(",") ? name : name + ",")
                }
                sizes.insert(matching.count > 10)
                check(
                    try source.ask(message(.dq, "NAM", name), .driverNameOnly), "OLN",
                    matching.map(\.licence), name)
                check(
                    try source.ask(message(.rq, "NAM", name), .vehicleByOwner), "VIN", matching.map(\.vin),
                    name)
            }
        }
        #expect(sizes == [true, false])
    }

    @Test("Birth date and sex narrow a list, each alone and both together")
    func narrowed() throws {
        for person in people.prefix(40) {
            let last = String(person.name.prefix { $0 != "," })
            let sameName = people.filter { $0.name.hasPrefix(last + ",") }
            for (elements, matching) in [
                (["DOB", person.birth], sameName.filter { $0.birth == person.birth }),
                (["SEX", person.sex], sameName.filter { $0.sex == person.sex }),
                (
                    ["DOB", person.birth, "SEX", person.sex],
                    sameName.filter { $0.birth == person.birth && $0.sex == person.sex }
                ),
            ] {
                var question = message(.dq, "NAM", last)
                question.elements += stride(from: 0, to: elements.count, by: 2).map {
                    Element(prefix: elements[$0], value: elements[$0 + 1])
                }
                check(
                    try source.ask(question, .driverNameOnly), "OLN", matching.map(\.licence), "\(elements)")
                check(try source.ask(question, .vehicleByOwner), "VIN", matching.map(\.vin), "\(elements)")
            }
        }
    }

    @Test("An entry of a list tells who it is, and nothing that nobody asked for")
    func entries() throws {
        let answer = source.answer(
            RecordQuery(
                owner: .wa, kind: .driverNameOnly,
                search: .driverList(name: try #require(ListedName("EXAMPLE")), birth: nil, sex: nil),
                photoAsked: true))
        #expect(!answer.found.isEmpty)
        for record in answer.found {
            #expect(
                record.elements.map(\.element.prefix) == [
                    "OLN", "NAM", "DOB", "SEX", "HGT", "EYE", "ADR", "OLT", "STATUS",
                ])
            #expect(record.facts.count == 3)
            #expect(record.elements.allSatisfy { $0.group == fieldGroups[$0.element.prefix] })
        }
    }

    @Test("A pattern finds the plates that it fits, as an unhurried reading of it does")
    func patterns() throws {
        let seed = UInt64.random(in: 0...UInt64(UInt32.max))
        print("seed \(seed)")
        var random = Seeded(seed)
        var found = 0
        for _ in 0..<400 {
            var pattern = Array(people.randomElement(using: &random)!.plate)
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let at = Int.random(in: 0..<pattern.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: pattern[at] = "?"
                case 1: pattern[at] = "*"
                case 2: pattern.insert("*", at: at)
                default: pattern.replaceSubrange(at..., with: ["*"])
                }
            }
            let text = String(pattern)
            guard PlatePattern(text) != nil else { continue }
            let matching = people.filter { Self.fits(Array($0.plate)[...], pattern[...]) }
            found += matching.count
            check(
                try source.ask(message(.rq, "LIC", text), .partialPlate), "VIN", matching.map(\.vin),
                "\(text), seed \(seed)")
        }
        #expect(found > 100, "seed \(seed)")
    }

    /// Whether a plate fits a pattern.
    private static func fits(_ plate: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
        guard let sign = pattern.first else { return plate.isEmpty }
        let rest = pattern.dropFirst()
        if sign == "*" { return fits(plate, rest) || (!plate.isEmpty && fits(plate.dropFirst(), pattern)) }
        return !plate.isEmpty && (sign == "?" || sign == plate.first) && fits(plate.dropFirst(), rest)
    }

    @Test("Year and type narrow a part of a plate")
    func plateYear() throws {
        let person = people[5]
        let same = people.filter { $0.plateYear == person.plateYear && $0.plateType == person.plateType }
        let question = message(.rq, "LIC", "TST*", "LIY", person.plateYear, "LIT", person.plateType)
        check(try source.ask(question, .partialPlate), "VIN", same.map(\.vin), "both")
        #expect(same.count < people.count)
    }

    @Test("What a pattern may hold", arguments: [("tst0*", "TST0*"), (" TST? ", "TST?"), ("A", "A")])
    func goodPatterns(text: String, normal: String) { #expect(PlatePattern(text)?.text == normal) }

    @Test(
        "What is no pattern", arguments: ["", "*", "?*?", "[A-Z]*", "TST%", "TST 1", "TST_", "TST-1", "é*"])
    func badPatterns(text: String) { #expect(PlatePattern(text) == nil) }
}
