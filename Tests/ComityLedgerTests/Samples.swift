import ComityLedger
import ComityTestSupport

/// Made-up values for tests, from a seed.
extension Seeded {
    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

    mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<count { bytes.append(UInt8.random(in: 0...255, using: &self)) }
        return bytes
    }

    mutating func hash() -> LedgerHash { LedgerHash(bytes(32))! }

    /// Numbers of every width, so that each length of encoding is met.
    mutating func number() -> UInt64 { next() >> UInt64(below(64)) }

    mutating func text() -> String {
        String(
            String.UnicodeScalarView(
                (0..<below(12)).map { _ in "aZ9-.éß審🚓".unicodeScalars.randomElement(using: &self)! }))
    }

    mutating func texts() -> [String] { (0..<below(4)).map { _ in text() } }

    mutating func facts() -> [EntryFact] {
        (0..<below(8)).map { _ in
            switch below(4) {
            case 0: .absent
            case 1: .number(number())
            case 2: .text(text())
            default: .texts(texts())
            }
        }
    }

    mutating func maybe<Value>(_ make: (inout Seeded) -> Value) -> Value? {
        below(2) == 0 ? nil : make(&self)
    }

    mutating func word() -> String {
        ["crash", "unknown-ori", "yearly-audit", "a"].randomElement(using: &self)!
    }

    mutating func versions() -> EntryVersions {
        EntryVersions(taxonomy: hash(), directory: hash(), floor: hash(), policy: maybe { $0.hash() })
    }

    mutating func transaction() -> TransactionID { TransactionID(high: next(), low: next()) }

    mutating func bits() -> UInt16 { UInt16.random(in: 0 ... .max, using: &self) }

    /// An entry of any type.
    mutating func entry() -> LedgerEntry {
        let lane = LedgerName("hub/lane/WA/2026")!
        switch below(16) {
        case 0:
            return .question(
                QuestionEntry(
                    ledger: lane, time: number(), transaction: transaction(),
                    message: MessageID(high: next(), low: next()), agency: text(), key: text(),
                    facts: facts(),
                    versions: versions(), noDecisionOnFile: below(2) == 0,
                    gate: QuestionEntry.Gate.allCases.randomElement(using: &self)!, groups: bits(),
                    withheld: bits(), deciding: texts(), matched: texts(), body: Commitment(hash())))
        case 1:
            return .closing(
                ClosingEntry(
                    ledger: lane, time: number(), transaction: transaction(), question: number(),
                    questionLedger: maybe { _ in LedgerName("hub/lane/WA/2025")! },
                    ending: ClosingEntry.Ending.allCases.randomElement(using: &self)!, records: number(),
                    given: bits(), withheld: bits(), deciding: texts(), recordFacts: facts(),
                    versions: versions(), answer: maybe { Commitment($0.hash()) }))
        case 2:
            return .open(
                OpenEntry(
                    ledger: [lane, LedgerName("a/control")!, LedgerName("b-1/operations")!]
                        .randomElement(using: &self)!,
                    time: number(), previousSize: maybe { $0.number() }, previousRoot: maybe { $0.hash() }))
        case 3:
            return .gap(
                GapEntry(ledger: lane, time: number(), since: number(), unfinished: number(), reason: word()))
        case 4:
            return .policy(
                PolicyEntry(
                    ledger: LedgerName("hub/control")!, time: number(), owner: text(),
                    change: PolicyEntry.Change.allCases.randomElement(using: &self)!, number: number(),
                    effective: number(), until: maybe { $0.number() }, policy: hash(), taxonomy: hash(),
                    directory: hash()))
        case 5:
            return .directory(
                DirectoryEntry(
                    ledger: LedgerName("hub/control")!, time: number(),
                    subject: DirectoryEntry.Subject.allCases.randomElement(using: &self)!, version: text(),
                    hash: hash()))
        case 6:
            return .access(
                AccessEntry(
                    ledger: lane, time: number(),
                    action: AccessEntry.Action.allCases.randomElement(using: &self)!, role: word(),
                    reason: word(), first: maybe { $0.number() }, count: maybe { $0.number() },
                    search: maybe { Commitment($0.hash()) }))
        case 7:
            return .clock(
                ClockEntry(
                    ledger: LedgerName("hub/operations")!, time: number(), expected: number(), found: number()
                ))
        case 8: return .close(CloseEntry(ledger: lane, time: number(), next: UInt64(2027 + below(7000))))
        case 9: return .erase(erasure(lane))
        case 10:
            return .review(
                ReviewEntry(
                    ledger: lane, time: number(), transaction: transaction(), question: number(),
                    questionLedger: maybe { _ in LedgerName("hub/lane/WA/2025")! }, desk: text(),
                    decision: ReviewEntry.Decision.allCases.randomElement(using: &self)!,
                    reason: ReviewEntry.Reason.allCases.randomElement(using: &self)!,
                    groups: bits(), missing: number(),
                    body: Commitment(hash())))
        case 11:
            return .relay(
                RelayEntry(
                    ledger: LedgerName("hub/operations")!, time: number(),
                    message: MessageID(high: next(), low: next()), link: text(), agency: maybe { $0.text() },
                    key: text(), destinations: (0..<below(4)).map { _ in text() }, length: number(),
                    body: Commitment(hash())))
        case 12:
            return .service(
                ServiceEntry(
                    ledger: LedgerName("hub/control")!, time: number(), destination: text(),
                    key: maybe { $0.text() },
                    state: ServiceEntry.State.allCases.randomElement(using: &self)!,
                    until: maybe { $0.number() },
                    cause: ServiceEntry.Cause.allCases.randomElement(using: &self)!,
                    link: maybe { $0.text() }, reason: word()))
        case 13:
            return .posting(
                PostingEntry(
                    ledger: LedgerName("hub/control")!, time: number(),
                    kind: PostingEntry.Kind.allCases.randomElement(using: &self)!, subject: text(),
                    message: MessageID(high: next(), low: next()), link: text(), agency: text(),
                    length: number(), text: maybe { $0.hash() }))
        case 14:
            return .resend(
                ResendEntry(
                    ledger: LedgerName("hub/operations")!, time: number(),
                    message: MessageID(high: next(), low: next()),
                    original: MessageID(high: next(), low: next()), relay: number(),
                    destinations: (0..<below(4)).map { _ in text() }, body: Commitment(hash())))
        default:
            return .message(
                MessageEntry(
                    ledger: LedgerName("hub/operations")!, time: number(),
                    message: maybe { MessageID(high: $0.next(), low: $0.next()) }, link: text(),
                    reason: word(), number: maybe { $0.number() }, offset: maybe { $0.number() },
                    length: number(), agency: maybe { $0.text() }))
        }
    }

    private mutating func erasure(_ lane: LedgerName) -> EraseEntry {
        let first = number() >> 2
        let positions = EraseEntry.Stretch(first: first, last: first + (number() >> 2))!
        let basis = EraseEntry.Basis.allCases.randomElement(using: &self)!
        let text = basis == .expiry ? nil : "court file \(below(1000))"
        if below(2) == 0 {
            return EraseEntry(
                control: LedgerName("hub/control")!, time: number(), basis: basis, lane: lane,
                positions: positions, count: 1, text: text)
        }
        return EraseEntry(
            ledger: lane, time: number(), basis: basis, lane: maybe { _ in LedgerName("hub/lane/WA/2025")! },
            positions: positions, count: 1, order: text.map(EraseEntry.hash(ofOrder:)))
    }
}
