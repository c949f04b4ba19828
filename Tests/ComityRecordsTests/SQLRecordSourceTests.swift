import ComityMessages
import ComityRecords
import ComityTestSupport
import Testing

@Suite("Records from SQLite")
struct SQLRecordSourceTests {
    let fixture: RecordFixture
    let source: SQLRecordSource

    init() throws {
        fixture = try RecordFixture()
        source = try fixture.source()
    }

    @Test("A driver is found by licence number, for the owner that was asked and for no other")
    func byNumber() throws {
        let record = try #require(source.licence("WDL00000012X").found.first)
        #expect(record.values("OLN") == ["WDL00000012X"])
        #expect(record.values("NAM").count == 1)
        #expect(source.licence("WDL00000012X", of: .or) == .records([]))
    }

    @Test("Every person is found by every key that the population lists")
    func keys() throws {
        for owner in fixture.population.owners {
            for index in 0..<fixture.population.peoplePerOwner {
                let keys = fixture.population.keys(of: owner, person: index)
                #expect(source.licence(keys.licence, of: owner).found.count == 1)
                let byName = try source.ask(
                    message(.dq, "NAM", keys.name, "DOB", keys.birth, "SEX", keys.sex), .driverByName,
                    of: owner)
                #expect(byName.found.contains { $0.values("OLN") == [keys.licence] })
                let byPlate = try source.ask(
                    message(.rq, "LIC", keys.plate, "LIY", keys.plateYear, "LIT", keys.plateType),
                    .vehicleByPlate,
                    of: owner)
                #expect(byPlate.found.map { $0.values("VIN") } == [[keys.vin]])
                let byVIN = try source.ask(message(.rq, "VIN", keys.vin), .vehicleByVIN, of: owner)
                #expect(byVIN.found == byPlate.found)
            }
        }
    }

    @Test("Two people of the same name, birth date and sex are both given, with or without the middle name")
    func sameName() throws {
        let (first, second) = (
            fixture.population.keys(of: .wa, person: 7), fixture.population.keys(of: .wa, person: 8)
        )
        #expect(first.name == second.name)
        for name in [first.name, String(first.name.dropLast(2))] {
            let answer = try source.ask(
                message(.dq, "NAM", name, "DOB", first.birth, "SEX", first.sex), .driverByName)
            let numbers = answer.found.flatMap { $0.values("OLN") }
            #expect(numbers.contains(first.licence) && numbers.contains(second.licence))
        }
    }

    @Test("A birth date of six digits finds the person; another middle name, birth date or sex does not")
    func nameParts() throws {
        let keys = fixture.population.keys(of: .wa, person: 3)
        func numbers(_ name: String, _ birth: String, _ sex: String) throws -> [String] {
            try source.ask(message(.dq, "NAM", name, "DOB", birth, "SEX", sex), .driverByName).found
                .flatMap { $0.values("OLN") }
        }
        let short = keys.birth.suffix(4) + keys.birth.dropFirst(2).prefix(2)
        #expect(try numbers(keys.name, String(short), keys.sex).contains(keys.licence))
        #expect(try !numbers(keys.name + "Z", keys.birth, keys.sex).contains(keys.licence))
        #expect(try !numbers(keys.name, "19010101", keys.sex).contains(keys.licence))
        #expect(try !numbers(keys.name, keys.birth, keys.sex == "F" ? "M" : "F").contains(keys.licence))
    }

    @Test("The photo is given only when asked for")
    func photo() throws {
        #expect(try #require(source.licence("WDL00000012X").found.first).values("IMG").isEmpty)
        let asked = try #require(source.licence("WDL00000012X", photo: true).found.first)
        #expect(asked.values("IMG").count == 1)
    }

    @Test("History lines are given with a history look-up only")
    func history() throws {
        var lines = 0
        for index in 0..<20 {
            let number = fixture.population.keys(of: .wa, person: index).licence
            let plain = try #require(source.licence(number).found.first)
            let full = try #require(source.licence(number, kind: .driverHistory).found.first)
            #expect(plain.values("HIS").isEmpty)
            #expect(full.elements.filter { $0.group != .history } == plain.elements)
            lines += full.values("HIS").count
        }
        #expect(lines > 0)
    }

    @Test("Every element carries the field group that the table gives its prefix")
    func groups() throws {
        let keys = fixture.population.keys(of: .wa, person: 11)
        let records =
            source.licence(keys.licence, kind: .driverHistory, photo: true).found
            + source.answer(RecordQuery(owner: .wa, kind: .vehicleByVIN, search: .vin(keys.vin))).found
        #expect(records.count == 2)
        for tagged in records.flatMap(\.elements) {
            #expect(tagged.group != nil && tagged.group == fieldGroups[tagged.element.prefix])
        }
    }

    @Test("An element whose prefix the table does not name belongs to no group")
    func unnamed() throws {
        var fewer = fieldGroups
        fewer["SOC"] = nil
        let record = try SQLRecordSource(file: fixture.file, groups: fewer).licence("WDL00000012X").found
            .first
        let number = try #require(record?.elements.first { $0.element.prefix == "SOC" })
        #expect(number.group == nil)
    }

    @Test("Facts of the record are given by the names of the taxonomy; both values of each occur")
    func facts() throws {
        var seen: [String: Set<String>] = [:]
        for index in 0..<60 {
            let keys = fixture.population.keys(of: .wa, person: index)
            for (name, value) in try #require(source.licence(keys.licence).found.first).facts {
                seen[name, default: []].insert(value)
            }
        }
        #expect(seen["protected-person"] == ["yes", "no"])
        #expect(seen["minor"] == ["yes", "no"])
        #expect(seen["document-class"] == ["standard", "real-id", "commercial", "permit", "id-card"])
        #expect(seen.count == 3)
    }

    @Test("Nobody of that number is no record, which is not the same as no file")
    func negative() throws {
        #expect(source.licence("WDL99999999X") == .records([]))
        #expect(source.licence("WDL00000012X", of: .tx) == .fileNotAvailable)
        let number = fixture.population.keys(of: .or, person: 0).licence
        #expect(source.licence(number, of: .or).found.count == 1)
        #expect(source.licence(number, of: .or, kind: .driverHistory) == .fileNotAvailable)
    }

    @Test("What no owner keeps a file for, and a list that this owner does not give, are not available")
    func noFile() throws {
        #expect(try source.ask(message(.rq, "LIC", "TST*"), .archiveSearch) == .fileNotAvailable)
        let names = message(.dq, "NAM", "EXAMPLE")
        #expect(try source.ask(names, .driverNameOnly, of: .ne) == .fileNotAvailable)
        #expect(source.queryCount == 0)
        #expect(try source.ask(names, .driverNameOnly, of: .or) != .fileNotAvailable)
    }

    @Test("An owner that is switched off is temporarily unavailable, others are not, and no query is made")
    func switchedOff() {
        source.switchOff(.wa)
        #expect(source.licence("WDL00000012X") == .temporarilyUnavailable)
        #expect(source.queryCount == 0)
        #expect(source.licence(fixture.population.keys(of: .ne, person: 0).licence, of: .ne).found.count == 1)
        source.switchOn(.wa)
        #expect(source.licence("WDL00000012X").found.count == 1)
    }

    @Test(
        "Values that look like SQL are values",
        arguments: [
            "' OR '1'='1", "WDL00000012X' --", "x'; DROP TABLE driver; --", "%", "*", "WDL0000001_X", "\u{0}",
            "", "NULL",
            "WDL00000012X\u{0}",
        ])
    func injection(value: String) throws {
        #expect(source.licence(value) == .records([]))
        #expect(
            source.answer(RecordQuery(owner: .wa, kind: .vehicleByVIN, search: .vin(value))) == .records([]))
        #expect(
            source.answer(
                RecordQuery(
                    owner: .wa, kind: .vehicleByPlate, search: .plate(number: value, year: value, type: value)
                ))
                == .records([]))
        let name = try #require(PersonName("EXAMPLE,\(value.contains(",") ? "X" : "PAT " + value)"))
        let birth = try #require(BirthDate("19700101"))
        #expect(
            source.answer(
                RecordQuery(
                    owner: .wa, kind: .driverByName, search: .person(name: name, birth: birth, sex: value)))
                == .records([]))
        #expect(source.licence("WDL00000012X").found.count == 1)
        #expect(source.failureCount == 0)
    }

    @Test("Each look-up that reaches the file is counted, found or not")
    func counter() {
        for number in ["WDL00000012X", "WDL99999999X", "WDL00000011X"] { _ = source.licence(number) }
        #expect(source.queryCount == 3)
    }

    @Test("Many tasks at once get the answers that one would get")
    func concurrent() async throws {
        let numbers = (0..<60).map { fixture.population.keys(of: .wa, person: $0).licence }
        let expected = numbers.map { source.licence($0) }
        let wrong = await withTaskGroup(of: Int.self) { [source] group in
            for seed in 0..<8 {
                group.addTask {
                    var random = Seeded(UInt64(seed))
                    return (0..<300).count { _ in
                        let index = Int.random(in: 0..<60, using: &random)
                        return source.licence(numbers[index]) != expected[index]
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
        #expect(source.queryCount == 60 + 2400)
    }
}
