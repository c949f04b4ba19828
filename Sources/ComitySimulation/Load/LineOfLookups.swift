import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode

/// Made-up look-ups as the machine would hand them to the writer: a question, then its closing.
struct LineOfLookups {
    private var fresh = SecureBytes.fresh()
    private var appends: UInt64 = 0
    private var asked: [UInt64: QuestionEntry] = [:]
    private var closing: Set<UInt64> = []
    private var isFinishing = false
    private let ledgers: [(owner: MemberCode, name: LedgerName)]
    private let versions: EntryVersions
    private let message = Array(
        "DQ.CO0010100.WA.*AAAAAAAAAA.TXT\r\nRSN/T.CASE/26-0417.NAM/EXAMPLE,MADE UP.DOB/19700101.SEX/M.OLN/WDL00000012X"
            .utf8)
    private let answer = [UInt8](repeating: 0x41, count: 700)

    init(owners: Int) {
        let year = wallClock().day.civil.year
        ledgers = (0..<owners).map { number in
            let letters = (UInt8(65 + number / 26), UInt8(65 + number % 26))
            let code = String(decoding: [letters.0, letters.1], as: UTF8.self)
            return (MemberCode(code)!, LedgerName(switch: "bench", lane: code, year: year)!)
        }
        var fresh = fresh
        func hash() -> LedgerHash { LedgerHash(fresh.take(LedgerHash.byteCount))! }
        versions = EntryVersions(taxonomy: hash(), directory: hash(), floor: hash(), policy: hash())
    }

    /// Appends that are not durable yet.
    var waiting: Int { asked.count + closing.count }

    /// No look-up begins any more.
    mutating func finish() { isFinishing = true }

    mutating func ask() -> Append {
        appends += 1
        let (_, ledger) = ledgers[Int(fresh.word() % UInt64(ledgers.count))]
        let time = UInt64(wallClock().milliseconds)
        let body = QuestionBody(
            salt: fresh.salt(), raw: message, link: "bench", session: 1, sequence: appends,
            control: "AAAAAAAAAA",
            destination: "WA", receivedAt: time)
        let entry = QuestionEntry(
            ledger: ledger, time: time, transaction: fresh.transaction(), message: fresh.message(),
            agency: "CO0010100", key: "DQ",
            facts: [.text("CO0010100"), .text("state"), .texts(["US.CO"]), .absent, .number(3)],
            versions: versions, noDecisionOnFile: false, gate: .open, groups: 7, withheld: 8,
            deciding: ["WA-2"], matched: ["WA-2", "WA-9"],
            body: Commitment(.question, salt: body.salt, body: body.encode()))
        asked[appends] = entry
        var append = Append(number: appends)
        append.drafts = [.question(entry, body, requester: MemberCode("CO"), duplicateKey: nil)]
        return append
    }

    /// What a look-up does next: its closing, or the next look-up.
    mutating func confirmed(_ receipt: LedgerWriter.Receipt) -> Append? {
        guard let question = asked.removeValue(forKey: receipt.append) else {
            closing.remove(receipt.append)
            return isFinishing ? nil : ask()
        }
        appends += 1
        closing.insert(appends)
        let entry = ClosingEntry(
            ledger: question.ledger, time: UInt64(wallClock().milliseconds),
            transaction: question.transaction, question: receipt.places[0].position, ending: .release,
            records: 1, given: 7, deciding: ["WA-2"], versions: versions,
            answer: Commitment(.answer, salt: fresh.salt(), body: answer))
        var append = Append(number: appends)
        append.drafts = [.closing(entry, ofDraft: nil)]
        append.ended = [question.transaction]
        return append
    }
}
