import ComityMessages
import Testing

@Suite("Rules of the legacy text alone")
struct NotationTests {
    @Test(
        "what the text cannot say, XML can",
        arguments: [
            ("KQ.CO0990100.OR.TXT\r\nOLN/X0000001.IMQ/Y", "IMQ"),
            ("KQ.CO0990100.CL.TXT\r\nNAM/EXAMPLE,PAT.DOB/19700101.SEX/F", "NAM"),
        ])
    func xmlOnly(text: String, field: String) throws {
        let message = try LegacyCodec.decode(Array(text.utf8), tables: Repository.tables)
        let error = #expect(throws: MessageError.self) {
            try MessageRules.check(message, tables: Repository.tables)
        }
        #expect(error?.field == field)
        #expect(throws: Never.self) { try MessageRules.check(message, as: .xml, tables: Repository.tables) }
    }
}
