import ComityExchange
import ComityLedger
import ComityMessages
import ComityTestSupport
import Testing

struct StatusLineTests {
    @Test("the first line of every answer is read back as it was written")
    func roundTrip() {
        let seed = UInt64.random(in: 1...UInt64.max)
        print("status lines: seed \(seed)")
        var random = Seeded(seed)
        for _ in 0..<1000 {
            let line = StatusLine(
                outcome: Outcome.allCases.randomElement(using: &random)!, owner: MemberCode("WA")!,
                reference: Reference(TransactionID(high: random.next(), low: random.next())),
                rule: Bool.random(using: &random) ? "WA-2" : nil)
            #expect(StatusLine(line.description) == line)
        }
    }

    @Test(
        "what is not that line in that form is not read",
        arguments: [
            "", "COMITY 1", "COMITY 2 RELEASED WA 0123-4567-89AB-CDEF",
            "COMITY 1 released WA 0123-4567-89AB-CDEF",
            "COMITY 1 RELEASED WA 0123456789ABCDEF", "COMITY 1 RELEASED WA 0123-4567-89AB-CDEF ",
            "COMITY 1 RELEASED WA 0123-4567-89AB-CDEF\nX", "COMITY 1 RELEASED W 0123-4567-89AB-CDEF",
            "COMITY 1 CANNOT-TELL WA 0123-4567-89AB-CDEF",
        ])
    func otherForms(_ text: String) { #expect(StatusLine(text) == nil) }
}
