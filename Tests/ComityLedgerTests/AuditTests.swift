import ComityLedger
import ComityTestSupport
import Foundation
import Testing

@Suite("Checking a ledger")
struct AuditTests {
    @Test("The exported ledger of the specification is sound, and its counts are right")
    func sound() throws {
        let export = try Specification.export()
        let report = audit(export.entries).report(size: export.size, root: export.root)
        #expect(report.findings == [])
        #expect(report.isSound)
        #expect(report.counts.kinds == [.open: 1, .question: 4, .closing: 3, .gap: 1])
        #expect(report.counts.gates == [.open: 2, .held: 1, .refused: 1])
        #expect(report.counts.endings == [.release: 1, .refusedOnQuestion: 1, .holdExpired: 1])
        #expect(report.counts.releasedInPart == 1)
        #expect(report.counts.unfinished == 1)
    }

    @Test("Guarantee 5: one byte changed anywhere in a ledger is found")
    func everyByte() throws {
        let export = try Specification.export()
        for (position, entry) in export.entries.enumerated() {
            for place in entry.indices {
                var entries = export.entries
                entries[position][place] ^= 0x01
                let report = audit(entries).report(size: export.size, root: export.root)
                #expect(
                    report.findings.contains { $0.kind == .otherRoot }, "entry \(position), byte \(place)")
            }
        }
    }

    @Test("Entries removed, repeated, swapped or cut off at the end are found")
    func order() throws {
        let export = try Specification.export()
        for position in export.entries.indices {
            var removed = export.entries
            removed.remove(at: position)
            var repeated = export.entries
            repeated.insert(export.entries[position], at: position)
            for entries in [removed, repeated, Array(export.entries[..<position])] {
                let kinds = Set(
                    audit(entries).report(size: export.size, root: export.root).findings.map(\.kind))
                #expect(kinds.isSuperset(of: [.otherSize, .otherRoot]))
            }
            guard position > 0 else { continue }
            var swapped = export.entries
            swapped.swapAt(position, position - 1)
            let report = audit(swapped).report(size: export.size, root: export.root)
            #expect(report.findings.contains { $0.kind == .otherRoot })
        }
    }

    @Test("Even with a matching root, each broken rule is found where it is broken")
    func rules() throws {
        try expect(.notOpened, at: 0) { $0.removeFirst() }
        try expect(.openedAgain, at: 9) { $0.append($0[0].at(start + 7000)) }
        try expect(.timeGoesBack, at: 9) {
            $0.append(.gap(.init(ledger: $0[0].ledger, time: 1, since: 0, unfinished: 0, reason: "crash")))
        }
        try expect(.noSuchQuestion, at: 9) { $0.append($0[5].at(start + 7000)) }
        try expect(.noSuchQuestion, at: 3) { $0.change(3) { $0.question = 0 } }
        try expect(.noSuchQuestion, at: 3) { $0.change(3) { $0.question = .max } }
        try expect(.otherTransaction, at: 3) {
            $0.change(3) { $0.transaction = TransactionID(high: 0, low: 0) }
        }
        try expect(.moreThanJudged, at: 5) { $0.change(5) { $0.given = 0b111111 } }
        try expect(.endingDoesNotFit, at: 3) { $0.change(3) { $0.ending = .release } }
        try expect(.endingDoesNotFit, at: 5) { $0.change(5) { $0.ending = .refusedOnQuestion } }
        try expect(.endingDoesNotFit, at: 7) { $0.change(7) { $0.records = 1 } }
        try expect(.endingDoesNotFit, at: 7) { $0.change(7) { $0.ending = .refusedByDesk } }
        try expect(.moreThanJudged, at: 7) { $0.insert(review(of: $0[7]) { $0.groups = .max }, at: 7) }
        try expect(.endingDoesNotFit, at: 8) {
            $0.insert(review(of: $0[7]) { $0.decision = .refuse }, at: 7)
        }
        try expect(.noSuchQuestion, at: 7) { $0.insert(review(of: $0[7]) { $0.question = 0 }, at: 7) }
        try expect(.otherTransaction, at: 7) {
            $0.insert(review(of: $0[7]) { $0.transaction = TransactionID(high: 0, low: 0) }, at: 7)
        }
        try expect(.otherLedger, at: 3) { $0.change(3) { $0.ledger = LedgerName("hub/lane/OR/2026")! } }
        try expect(.misplaced, at: 9) {
            $0.append(
                .message(
                    .init(
                        ledger: $0[0].ledger, time: start + 7000, link: "wa-1", reason: "garbage", length: 1))
            )
        }
    }

    @Test("Behind the entry that closes a ledger no look-up begins or ends, and it is closed once")
    func closed() throws {
        var entries = try decoded()
        let close = LedgerEntry.close(.init(ledger: entries[0].ledger, time: start + 7000, next: 2027))
        let access = LedgerEntry.access(
            .init(ledger: entries[0].ledger, time: start + 7000, action: .view, role: "owner", reason: "year")
        )
        entries += [close, access]
        #expect(audit(try entries.map { try $0.encode() }).report().isSound)
        try expect(.afterClose, at: 11) { $0 += [close, access, $0[1].at(start + 7000)] }
        try expect(.afterClose, at: 11) { $0 += [close, access, $0[5].at(start + 7000)] }
        try expect(.afterClose, at: 10) { $0 += [close, close] }
    }

    @Test("An outline made quickly says what reading the whole entry says, also of damaged entries")
    func outlines() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        let mark = LedgerMark(LedgerName("hub/lane/WA/2026")!)
        func check(_ bytes: [UInt8]) {
            let quick = EntryOutline(bytes, of: mark)
            let whole = EntryOutline(reading: bytes, of: mark.name)
            if quick != whole { Issue.record("\(hexText(bytes)), seed \(seed)") }
        }
        for case let one in try Specification.cases("entries", in: "entries.json") { check(one.bytes("hex")) }
        for case let one in try Specification.cases("refused", in: "entries.json") { check(one.bytes("hex")) }
        for _ in 0..<400 {
            let good = try random.entry().encode()
            check(good)
            for place in good.indices {
                var bytes = good
                bytes[place] ^= UInt8(1 << random.below(8))
                check(bytes)
                bytes[place] = UInt8(random.below(256))
                check(bytes)
                bytes.remove(at: place)
                check(bytes)
            }
            check(good.dropLast())
            check(good + [0])
        }
        // All of these are plain questions or closings: the quick way must really be taken.
        let sample = try AttackLedger(300, seed: seed).entries.dropFirst()
        for entry in sample { check(entry) }
    }

    @Test("Bytes that are no entry are found, with their code")
    func unreadable() throws {
        var audit = audit(try Specification.export().entries)
        audit.add([0xFF])
        #expect(audit.report().findings.map(\.description) == ["entry 9: unreadable (indefinite-length)"])
    }

    @Test("A closing whose question stands in last year's ledger is counted and not searched for")
    func carriedOver() throws {
        var entries = try decoded()
        entries.change(3) {
            $0.questionLedger = LedgerName("hub/lane/WA/2025")
            $0.question = 99
        }
        let report = audit(try entries.map { try $0.encode() }).report()
        #expect(report.counts.carriedOver == 1)
        #expect(report.isSound)
        #expect(report.counts.unfinished == 2)
    }

    @Test("A ledger of nothing but damage fills no memory")
    func manyFindings() {
        var audit = LedgerAudit(of: LedgerName("hub/control")!)
        for _ in 0..<1500 { audit.add([]) }
        #expect(audit.findings.count == LedgerAudit.findingsKept)
        #expect(audit.furtherFindings == 500)
        #expect(!audit.report().isSound)
    }

    private func audit(_ entries: [[UInt8]]) -> LedgerAudit {
        var audit = LedgerAudit(of: LedgerName("hub/lane/WA/2026")!)
        for entry in entries { audit.add(entry) }
        return audit
    }

    private func decoded() throws -> [LedgerEntry] {
        try Specification.export().entries.map { try LedgerEntry(decoding: $0) }
    }

    /// Changes the ledger, and expects the finding at the place although nothing is compared with a recorded root.
    /// What a desk says about the question that a closing ends.
    private func review(of closing: LedgerEntry, _ change: (inout ReviewEntry) -> Void) -> LedgerEntry {
        guard case .closing(let closing) = closing else { preconditionFailure("not a closing") }
        var review = ReviewEntry(
            ledger: closing.ledger, time: closing.time, transaction: closing.transaction,
            question: closing.question, desk: "State desk", decision: .approve, reason: .statute, groups: 0,
            missing: 0, body: Commitment(.zero))
        change(&review)
        return .review(review)
    }

    private func expect(
        _ kind: LedgerFinding.Kind, at position: UInt64, location: SourceLocation = #_sourceLocation,
        change: (inout [LedgerEntry]) -> Void
    ) throws {
        var entries = try decoded()
        change(&entries)
        let findings = audit(try entries.map { try $0.encode() }).report().findings
        #expect(
            findings.contains { $0.kind == kind && $0.position == position }, "\(findings)",
            sourceLocation: location)
    }
}

/// The time of the exported ledger's first entry.
private let start: UInt64 = 1_790_000_000_000

extension LedgerEntry {
    /// The same entry at another time.
    fileprivate func at(_ time: UInt64) -> LedgerEntry {
        switch self {
        case .open(var entry):
            entry.time = time
            return .open(entry)
        case .closing(var entry):
            entry.time = time
            return .closing(entry)
        case .question(var entry):
            entry.time = time
            return .question(entry)
        default: return self
        }
    }
}

extension [LedgerEntry] {
    /// Changes a closing.
    fileprivate mutating func change(_ position: Int, _ change: (inout ClosingEntry) -> Void) {
        guard case .closing(var entry) = self[position] else { return }
        change(&entry)
        self[position] = .closing(entry)
    }
}
