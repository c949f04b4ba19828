import ComityMessages
import FoundationEssentials
import Testing

@Suite("Limits and strictness of the legacy codec")
struct CodecLimitTests {
    let tables = Repository.tables
    let question = Message(
        key: .dq, origin: ORI("CO0990100")!, destinations: [Address("OR")!],
        elements: [Element(prefix: "OLN", value: "X0000001")])

    private func code(_ message: Message, _ direction: Direction = .input) -> String? {
        do throws(MessageError) {
            _ = try LegacyCodec.encode(message, direction: direction)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("14,400 bytes are read, one more is refused")
    func size() throws {
        let head = Array("AM.CO0990100.OR.TXT\r\n".utf8)
        let whole = head + Array(repeating: UInt8(ascii: "X"), count: LegacyCodec.maximumLength - head.count)
        let message = try LegacyCodec.decode(whole, tables: tables)
        #expect(try LegacyCodec.encode(message, direction: .input) == whole)
        let error = #expect(throws: MessageError.self) {
            try LegacyCodec.decode(whole + [UInt8(ascii: "X")], tables: tables)
        }
        #expect(error?.code == "too-long")
        var longer = message
        longer.text += "X"
        #expect(code(longer) == "too-long")
    }

    @Test(
        "a value that would not read back the same is not written",
        arguments: ["", " X", "X ", "X.Y", "X\nY", "X\u{7F}", "PEÑA"])
    func values(value: String) {
        var message = question
        message.elements[0].value = value
        #expect(code(message) != nil)
    }

    @Test("a prefix has two to ten capitals", arguments: ["", "O", "oln", "OL1", "ABCDEFGHIJK"])
    func prefixes(prefix: String) {
        var message = question
        message.elements[0].prefix = prefix
        #expect(code(message) == "element-malformed")
    }

    @Test("an answer's value has no closing period and nothing that reads as a further element")
    func answerValues() {
        var answer = question
        answer.key = .dr
        for (value, expected) in [
            ("12 N. MADE UP ST", nil), ("JR.", "element-character"), ("X NAM/EXAMPLE", "element-character"),
            ("X.NAM/EXAMPLE", "element-character"), ("1/2", nil), ("C/O EXAMPLE", nil), ("PEÑA", nil),
        ] {
            answer.elements[0].value = value
            #expect(code(answer) == expected, "\(value)")
        }
    }

    @Test("free text that reads as elements is not written as free text")
    func ambiguous() {
        var answer = question
        answer.key = .rr
        answer.elements = []
        answer.text = "LIC/TST0001"
        #expect(code(answer) == "text-reads-as-elements")
        answer.text = "LIC/TST0001 LIY/2026 LIT/PC\nNOT ON FILE"
        #expect(code(answer) == nil)
        answer.key = MessageKey("IR")!
        answer.text = "NAM/EXAMPLE"
        #expect(code(answer) == "text-reads-as-elements")
        answer.key = .am
        #expect(code(answer) == nil)
        answer.text = "TAB\tHERE"
        #expect(code(answer) == "text-character")
    }

    @Test("elements and free text stand together in answers only")
    func together() {
        var message = question
        message.text = "PLEASE"
        #expect(code(message) == "text-beside-elements")
        message.key = .am
        #expect(code(message) == "elements-in-text")
        message.key = .dr
        #expect(code(message) == nil)
    }

    @Test("a delivered message has one destination and both clock lines, in their form")
    func delivered() {
        var message = question
        #expect(code(message, .output) == "header-clock")
        let good = ClockLine(time: "10:15", date: "11/23/2026", count: 41)
        message.stamps = Stamps(received: good, sent: good)
        #expect(code(message, .output) == nil)
        for bad in [
            ClockLine(time: "25:15", date: "11/23/2026", count: 41),
            ClockLine(time: "10:15", date: "11/23/26", count: 41),
            ClockLine(time: "10:15", date: "11/23/2026", count: 100_000),
            ClockLine(time: "10:15", date: "11/23/2026", count: -1),
            ClockLine(time: "10:15\n", date: "11/23/2026", count: 1),
        ] {
            message.stamps = Stamps(received: good, sent: bad)
            #expect(code(message, .output) == "header-clock", "\(bad)")
        }
        message.stamps = Stamps(received: good, sent: good)
        message.destinations.append(Address("AZ")!)
        #expect(code(message, .output) == "header-destinations-many")
    }

    @Test("a refusal never repeats a value of the message")
    func silent() throws {
        let secret = "ZQSECRET"
        let bodies = [
            "OLN/\(secret).OLN/\(secret)", "RSN/\(secret)", "\(secret)", "NAM/\(secret).DOB/\(secret).SEX/F",
            "OLN/X.\(secret)/X", "OLN/X.\(secret)/", "OLN/X.ATN/\(secret)\(secret)\(secret)\(secret)",
            "LIC/\(secret)",
            "OLN/\(secret).", "OLN/X.BEHALF/\(secret)0", "OLN/X.VIN/\(secret)",
        ]
        var refused = 0
        for body in bodies {
            let bytes = Array("DQ.CO0990100.OR.TXT\r\n\(body)".utf8)
            do throws(MessageError) {
                _ = try LegacyCodec.decodeChecked(bytes, tables: tables)
            } catch {
                refused += 1
                #expect(!"\(error)".contains(secret), "\(error)")
            }
        }
        #expect(refused >= 9)
    }

    @Test("a report without an order takes the order of the tables")
    func order() throws {
        let json = """
            {"key":"DQ","origin":"CO0990100","destinations":["OR"],
             "elements":{"SEX":"F","DOB":"19700101","NAM":"EXAMPLE,PAT Q","RSN":"T"}}
            """
        let report = try JSONDecoder().decode(MessageReport.self, from: Data(json.utf8))
        let message = try report.message(tables: tables)
        #expect(message.elements.map(\.prefix) == ["RSN", "NAM", "DOB", "SEX"])
        #expect(message.control == nil && message.text.isEmpty && message.stamps == nil)
    }
}
