import ComityMessages
import ComityRecords
import Testing

@Suite("What a message asks of a record source")
struct RecordQueryTests {
    private func search(_ message: Message, _ kind: RequestKind) throws -> RecordQuery.Search {
        try RecordQuery(message, kind: kind, owner: .wa, photoAsked: false).search
    }

    @Test("A licence number, a plate and a VIN are taken in capitals without blanks around")
    func normalForm() throws {
        #expect(
            try search(message(.dq, "OLN", " wdl00000012x "), .driverByNumber)
                == .licence(number: "WDL00000012X"))
        #expect(
            try search(message(.rq, "LIC", "tst0001", "LIY", "26", "LIT", "pc"), .vehicleByPlate)
                == .plate(number: "TST0001", year: "2026", type: "PC"))
        #expect(
            try search(message(.rq, "VIN", "1zztestwa00000012"), .vehicleByVIN) == .vin("1ZZTESTWA00000012"))
    }

    @Test("A plate that does not expire keeps its NX")
    func noExpiry() throws {
        #expect(
            try search(message(.rq, "LIC", "TST0001", "LIY", "NX", "LIT", "PC"), .vehicleByPlate)
                == .plate(number: "TST0001", year: "NX", type: "PC"))
    }

    @Test(
        "A birth date of six digits means either century",
        arguments: [
            ("010270", ["19700102", "20700102"]), ("19700102", ["19700102"]),
            ("022900", ["19000229", "20000229"]),
        ])
    func birth(text: String, candidates: [String]) { #expect(BirthDate(text)?.candidates == candidates) }

    @Test(
        "What is no date is no birth date",
        arguments: ["", "1970", "19701302", "130270", "1970010A", "0102197", "é70102"])
    func noBirth(text: String) { #expect(BirthDate(text) == nil) }

    @Test("Names are read with and without blanks and middle names")
    func names() {
        #expect(PersonName("Example, Pat  q")?.full == "EXAMPLE,PAT Q")
        #expect(PersonName("EXAMPLE,PAT Q")?.lastAndFirst == "EXAMPLE,PAT")
        #expect(PersonName("EXAMPLE,PAT")?.hasMiddle == false)
        #expect(PersonName("EXAMPLE,PAT Q")?.hasMiddle == true)
        for text in ["EXAMPLE", "EXAMPLE,", ",PAT", "A,B,C", ""] {
            #expect(PersonName(text) == nil, "\(text)")
        }
    }

    @Test("History goes by number, or by name if there is no number")
    func history() throws {
        #expect(try search(message(.kq, "OLN", "X1", "NAM", "A,B"), .driverHistory) == .licence(number: "X1"))
        guard
            case .person = try search(
                message(.kq, "NAM", "EXAMPLE,PAT", "DOB", "19700101", "SEX", "F"), .driverHistory)
        else {
            Issue.record("a name with birth date and sex was not taken")
            return
        }
    }

    @Test("A photo look-up asks for the photo")
    func photo() throws {
        let query = try RecordQuery(
            message(.dq, "OLN", "X1"), kind: .driverPhoto, owner: .wa, photoAsked: false)
        #expect(query.photoAsked)
    }

    @Test(
        "What is missing is named",
        arguments: [
            (message(.dq, "NAM", "SECRET,PAT"), RequestKind.driverByNumber, ["OLN"]),
            (message(.dq, "NAM", "SECRET,PAT"), .driverByName, ["DOB", "SEX"]),
            (message(.dq, "NAM", "SECRET,PAT", "DOB", "19700101", "SEX", "  "), .driverByName, ["SEX"]),
            (message(.kq), .driverHistory, ["NAM", "DOB", "SEX"]),
            (message(.rq, "LIC", "SECRET"), .vehicleByPlate, ["LIY", "LIT"]),
            (message(.rq), .vehicleByVIN, ["VIN"]), (message(.dq), .driverNameOnly, ["NAM"]),
            (message(.rq), .vehicleByOwner, ["NAM"]), (message(.rq, "LIT", "PC"), .partialPlate, ["LIC"]),
        ])
    func missing(message: Message, kind: RequestKind, prefixes: [String]) {
        #expect(throws: RecordQueryError.missing(prefixes)) { try search(message, kind) }
        let text = RecordQueryError.missing(prefixes).description
        for prefix in prefixes { #expect(text.contains("`\(prefix)`")) }
    }

    @Test(
        "What cannot be read is named, without its value",
        arguments: [
            (message(.dq, "NAM", "SECRET", "DOB", "19700101", "SEX", "F"), RequestKind.driverByName, "NAM"),
            (message(.dq, "NAM", "A,B", "DOB", "19SECRET", "SEX", "F"), .driverByName, "DOB"),
            (message(.rq, "LIC", "TST0001", "LIY", "SECRET", "LIT", "PC"), .vehicleByPlate, "LIY"),
            (message(.rq, "LIC", "TST0001", "LIY", "202", "LIT", "PC"), .vehicleByPlate, "LIY"),
            (message(.dq, "NAM", "A,SECRET,B"), .driverNameOnly, "NAM"),
            (message(.dq, "NAM", "A", "DOB", "SECRET"), .driverNameOnly, "DOB"),
            (message(.rq, "NAM", ",SECRET"), .vehicleByOwner, "NAM"),
            (message(.rq, "LIC", "*?*"), .partialPlate, "LIC"),
            (message(.rq, "LIC", "[A-Z]*SECRET"), .partialPlate, "LIC"),
            (message(.rq, "LIC", "TST*", "LIY", "SECRET"), .partialPlate, "LIY"),
        ])
    func unreadable(message: Message, kind: RequestKind, prefix: String) {
        let error = #expect(throws: RecordQueryError.self) { try search(message, kind) }
        #expect(error == .unreadable(prefix))
        #expect(error?.description.contains("SECRET") == false)
        #expect(error?.description.contains("`\(prefix)`") == true)
    }
}
