import ComityMessages
import Testing

@Suite("What the switch itself says")
struct SystemMessagesTests {
    let tables = Repository.tables
    let asker = Address("CO0990100")!

    @Test("a clock line is in UTC-7, and its count wraps after five digits")
    func clock() {
        let line = ClockLine(Timestamp("2026-01-01T06:59:59.999Z")!, count: 100_041)
        #expect(line == ClockLine(time: "23:59", date: "12/31/2025", count: 41))
        #expect(ClockLine(Timestamp("2026-07-01T07:00:00Z")!, count: 99_999).time == "00:00")
        #expect(ClockLine(Timestamp(milliseconds: 0), count: 0).date == "12/31/1969")
    }

    @Test("an error message has number, text, detail and the first hundred characters")
    func error() throws {
        let offending =
            Array(
                "RQ.CO0990100.OR.*A000000009.TXT\r\nLIC/TST0001.LIT/PC.\u{7F}\u{1B}é".utf8)
            + Array(repeating: 0x58, count: 99)
        let message = SystemMessages.error(
            number: 22, key: MessageKey("RQ"), detail: "1. LIC, LIY, LIT", offending: offending, to: asker,
            control: ControlField("A000000009"), tables: tables)
        #expect(message.origin == ORI("NL0000000"))
        let lines = message.text.split(separator: "\n").map(String.init)
        #expect(lines[0] == ".22. INVALID MESSAGE FORMAT - REFER TO RQ MKE OPTIONS BELOW")
        #expect(lines[1] == "1. LIC, LIY, LIT")
        #expect(lines[2] == "ORIGINAL MESSAGE")
        #expect(lines[3] == "RQ.CO0990100.OR.*A000000009.TXT")
        #expect(lines[4].hasPrefix("LIC/TST0001.LIT/PC.??XXX"))
        #expect(lines[3...].joined(separator: "\n").utf8.count <= SystemMessages.excerptLength)
        #expect(try written(message) == message)
    }

    @Test("any refusal of the codec becomes an error message that can be written and read")
    func everyRefusal() throws {
        var refusals = 0
        for file in SpecificationTests.files {
            let example = try Case(file: file)
            guard let refusal = example.report.refusal else { continue }
            refusals += 1
            let message = SystemMessages.error(refusal, offending: example.bytes, to: asker, tables: tables)
            #expect(try written(message) == message, "\(file)")
            let number = try #require(refusal.number.flatMap(tables.error))
            #expect(MessageReport(message).error?.code == number.code, "\(file)")
        }
        #expect(refusals > 30)
    }

    @Test("a number that is not documented is sent as 0")
    func undocumented() {
        let message = SystemMessages.error(number: 77, detail: "", offending: [], to: asker, tables: tables)
        #expect(message.text == "0 MESSAGE FORMAT/STRUCTURE ERROR\nORIGINAL MESSAGE")
        #expect(MessageReport(message).error == .init(code: "0", text: "MESSAGE FORMAT/STRUCTURE ERROR"))
    }

    @Test("a status message has the documented text")
    func status() throws {
        let message = try #require(SystemMessages.status(number: 2, to: asker, tables: tables))
        #expect(message.text == ".02. USER OUT OF SERVICE FOR MSG TYPE, NLETS WILL FORWARD")
        #expect(SystemMessages.status(number: 3, to: asker, tables: tables) == nil)
        #expect(try written(message) == message)
    }

    /// The message after it was written and read.
    private func written(_ message: Message) throws -> Message {
        try LegacyCodec.decode(
            try LegacyCodec.encode(message, direction: .input), direction: .input, tables: tables)
    }
}
