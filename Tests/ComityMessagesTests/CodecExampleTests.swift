import ComityMessages
import Testing

@Suite("The legacy codec, by example")
struct CodecExampleTests {
    let tables = Repository.tables

    private func read(_ text: String, _ direction: Direction? = nil) throws(MessageError) -> Message {
        try LegacyCodec.decode(Array(text.utf8), direction: direction, tables: tables)
    }

    @Test("a licence question is read whole")
    func question() throws {
        let message = try read("DQ.CO0990100.OR.*A000000001.TXT\nRSN/T.OLN/X0000001")
        #expect(message.key == .dq)
        #expect(message.origin == ORI("CO0990100"))
        #expect(message.destinations == [.member(MemberCode("OR")!)])
        #expect(message.control == ControlField("A000000001"))
        #expect(message.elements.map(\.prefix) == ["RSN", "OLN"])
        #expect(message.value("OLN") == "X0000001")
        #expect(message.stamps == nil)
    }

    @Test(
        "the closing period of the control field may be missing",
        arguments: [
            "*A000000001TXT", "*A000000001.TXT", "*ABCTXT", "*A000000001\r\nTXT", "*TXTMESSAGETXT",
            "*A000000001.\r\nTXT",
        ])
    func control(field: String) throws {
        let message = try read("DQ.CO0990100.OR.\(field)\r\n\u{7F}OLN/X0000001.")
        let expected = field.dropFirst().prefix { $0 != "." && $0 != "\r\n" && $0 != "\r" }
        let value = expected.hasSuffix("TXT") ? expected.dropLast(3) : expected
        #expect(message.control?.description == String(value))
        #expect(message.elements == [Element(prefix: "OLN", value: "X0000001")])
    }

    @Test("an agency ID that begins with TXT is a destination when a header goes on after it")
    func texas() throws {
        let first = try read("YQ.CO0990100.TXTDP0000.TXTOCA/1")
        #expect(first.destinations.map(\.description) == ["TXTDP0000"])
        let second = try read("AM.CO0990100.OR.TXTDP0000.TXTHELLO")
        #expect(second.destinations.map(\.description) == ["OR", "TXTDP0000"])
        let body = try read("AM.CO0990100.OR.TXTHELLOO. ALL WELL")
        #expect(body.destinations.count == 1)
        #expect(body.text == "HELLOO. ALL WELL")
    }

    @Test("elements may be spread over lines, with a closing period")
    func spread() throws {
        let message = try read(
            "YQ.CO0990100.CO0990200.TXT\r\nOCA/1.\r\nNI\u{7F}C/X12\r\n34. \r\nLIC/TST0001.\r\n")
        #expect(message.elements.map(\.prefix) == ["OCA", "NIC", "LIC"])
        #expect(message.value("NIC") == "X1234")
    }

    @Test("an answer of one element a line is read as elements after its notice")
    func lines() throws {
        let message = try read(
            """
            DR.OROLN0000
            10:15 11/23/2026 00041
            10:15 11/23/2026 00107 CO0990100
            *A000000001
            TXT
            RELEASED IN PART
            NAM/EXAMPLE,PAT Q
            ADR/12 N. MADE UP ST
            OLN/X0000001
            """)
        #expect(message.text == "RELEASED IN PART")
        #expect(message.elements.map(\.prefix) == ["NAM", "ADR", "OLN"])
        #expect(message.value("ADR") == "12 N. MADE UP ST")
        #expect(message.stamps?.sent.count == 107)
    }

    @Test("an answer is free text when a second element follows a mere space, or text follows an element")
    func freeText() throws {
        let header = "DR.OROLN0000.CO0990100.*A000000001.TXT\r\n"
        let run = try read(header + "OLN/X0000001 NAM/EXAMPLE,PAT Q DOB/19700101 STATUS VALID\r\nSYNTHETIC")
        #expect(run.elements.isEmpty)
        #expect(run.text == "OLN/X0000001 NAM/EXAMPLE,PAT Q DOB/19700101 STATUS VALID\nSYNTHETIC")
        let torn = try read(header + "NAM/EXAMPLE,PAT Q\r\nSTATUS VALID\r\nOLN/X0000001")
        #expect(torn.elements.isEmpty)
        #expect(torn.text == "NAM/EXAMPLE,PAT Q\nSTATUS VALID\nOLN/X0000001")
    }

    @Test("an answer of an owner may part its elements by periods")
    func dottedAnswer() throws {
        let message = try read("DR.OROLN0000.CO0990100.TXT\r\nNAM/EXAMPLE,PAT Q.DOB/19700101.\r\nSEX/F.")
        #expect(message.elements.map(\.value) == ["EXAMPLE,PAT Q", "19700101", "F"])
        #expect(message.text.isEmpty)
    }

    @Test("what is written has the strict form")
    func strictForm() throws {
        let message = try read("DQ.CO0990100.OR.AZ.*A000000002TXTNAM/EXAMPLE,PAT Q.DOB/19700101.SEX/F.IMQ/Y.")
        let bytes = try LegacyCodec.encode(message, direction: .input)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "DQ.CO0990100.OR.AZ.*A000000002.TXT\r\nNAM/EXAMPLE,PAT Q.DOB/19700101.SEX/F.IMQ/Y")
    }

    @Test("the header of a delivered message")
    func delivered() throws {
        var message = try read("DR.OROLN0000.CO0990100.*A000000001.TXT\r\nNAM/EXAMPLE,PAT Q\r\nOLN/X0000001")
        let moment = Timestamp("2026-11-23T17:15:04Z")!
        message.stamps = Stamps(
            received: ClockLine(moment, count: 41), sent: ClockLine(moment, count: 100_107))
        let bytes = try LegacyCodec.encode(message, direction: .output)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "DR.OROLN0000\r\n10:15 11/23/2026 00041\r\n10:15 11/23/2026 00107 CO0990100\r\n*A000000001\r\n"
                + "TXT\r\nNAM/EXAMPLE,PAT Q\r\nOLN/X0000001")
        #expect(try LegacyCodec.decode(bytes, direction: .output, tables: tables) == message)
    }
}
