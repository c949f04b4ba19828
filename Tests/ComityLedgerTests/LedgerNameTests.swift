import ComityLedger
import Testing

@Suite("Names")
struct LedgerNameTests {
    @Test(
        "Names of ledgers are read and written",
        arguments: ["hub/lane/WA/2026", "hub/control", "wa-1/operations"])
    func names(text: String) throws {
        let name = try #require(LedgerName(text))
        #expect(name.description == text)
    }

    @Test("A lane knows its switch, owner and year")
    func lane() throws {
        let name = try #require(LedgerName(switch: "hub", lane: "WA", year: 2026))
        #expect(name == LedgerName("hub/lane/WA/2026"))
        #expect(name.kind == .lane(owner: "WA", year: 2026))
        #expect(name.switchName == "hub")
        #expect(LedgerName(controlOf: "hub")?.owner == nil)
    }

    @Test(
        "Anything else is no name",
        arguments: [
            "", "hub", "hub/", "hub/lane", "hub/lane/WA", "hub/lane/WA/", "hub/lane/WA/2026/",
            "hub/lane/WA/+2026",
            "hub/lane/WA/02026", "hub/lane/WA/1969", "hub/lane/WA/10000", "hub/lane/wa/2026",
            "hub/lane/WAS/2026",
            "Hub/control", "/control", "hub/control/", "hub/other", "h b/control", "é/control",
            "a123456789a123456789a123456789abc/control",
        ])
    func noName(text: String) { #expect(LedgerName(text) == nil) }

    @Test("Random names and hashes are read and written as hexadecimal, and only whole")
    func hexadecimal() throws {
        let transaction = TransactionID(high: 0x0102_0304_0506_0708, low: 0xF0E0_D0C0_B0A0_9080)
        #expect("\(transaction)" == "0102030405060708f0e0d0c0b0a09080")
        #expect(TransactionID("\(transaction)") == transaction)
        #expect(TransactionID(transaction.bytes) == transaction)
        #expect(TransactionID([UInt8](repeating: 0, count: 15)) == nil)
        #expect(MessageID("0102") == nil)
        let hash = Merkle.leafHash([1])
        #expect(LedgerHash("\(hash)") == hash)
        #expect(LedgerHash(hash.bytes) == hash)
        #expect(LedgerHash(hash.bytes.dropLast()) == nil)
        #expect(LedgerHash(String(repeating: "x", count: 64)) == nil)
    }
}
