import ComityExchange
import ComityLedger
import ComityNode
import ComityService
import ComityStore
import ComityStoreSQLite
import Foundation
import Testing

/// System calls of a switch as `strace` saw them, with a fault planted in one.
struct FaultTrace {
    /// Runs a program under `strace` and lets one call of each thread fail.
    ///
    /// - Parameter fault: as `strace -e inject=` takes it: `fdatasync:error=EIO:when=9`.
    static func command(_ program: [String], trace: String, fault: String) -> [String] {
        [
            "/usr/bin/strace", "-f", "-yy", "-s", "600", "-o", trace, "-e",
            "trace=write,writev,sendto,sendmsg,pwrite64,fdatasync,fsync", "-e", "inject=" + fault,
        ] + program
    }

    private let events: [SystemCalls.Event]

    init(_ path: String) throws {
        events = try SystemCalls(path).events
    }

    private var fault: Int? {
        events.firstIndex { $0.hasEnded && $0.isOnStoreLog && $0.call.contains("(INJECTED)") }
    }

    /// The call on the store's log that failed; other threads count their own calls, and may fail on other files.
    var failed: Substring? { fault.map { events[$0].call } }

    /// Flushes of the store's log after the fault, even those that failed on their own account.
    var flushesAfter: [Substring] {
        after.filter {
            $0.hasEnded && $0.isOnStoreLog && $0.names("fdatasync", "fsync") && !$0.call.contains("INJECTED")
        }.map(\.call)
    }

    /// Answers that left after the fault.
    var answersAfter: [Substring] { after.filter(\.isAnswer).map(\.call) }

    private var after: ArraySlice<SystemCalls.Event> { fault.map { events[($0 + 1)...] } ?? events[...] }

    /// The bytes of the store's log that were written and not flushed when the process died.
    var unflushed: Range<UInt64>? {
        let last = events.lastIndex(where: \.isFlush)
        return events[((last ?? -1) + 1)...].compactMap(\.written).reduce(nil) { all, piece in
            all.map { min($0.lowerBound, piece.lowerBound)..<max($0.upperBound, piece.upperBound) } ?? piece
        }
    }
}

/// What must hold after any fault, once the switch runs again and has answered everything.
enum World {
    /// - Parameters:
    ///   - real: stopped.
    ///   - link: has taken what the switch had for it.
    ///   - before: entries that were durable before the fault.
    static func check(
        _ real: RealSwitch, _ link: TestLink, before: [EntryRow] = [],
        location: SourceLocation = #_sourceLocation
    ) throws {
        let store = try StoreReader(path: real.home.store)
        defer { try? store.close() }
        // Positions follow one another in each ledger, so none is used twice; roots are those of the heads and seals.
        let reader = try HomeReader(real.home)
        let names = try store.heads().compactMap { LedgerName($0.name) }
        let kept = try reader.keptSeals(names, owner: nil, key: nil)
        let verification = try LedgerVerification(store, seals: kept.seals)
        #expect(kept.findings == [] && kept.seals.count == names.count, sourceLocation: location)
        #expect(verification.storeFindings == [], sourceLocation: location)
        for report in verification.reports {
            #expect(report.findings == [], "\(report.ledger)", sourceLocation: location)
        }
        let rows = try store.entries(after: 0, limit: .max)
        #expect(
            rows.starts(with: before), "an entry that was durable is gone or changed",
            sourceLocation: location)
        var ends: [String: ClosingEntry.Ending] = [:]
        var gaps: [GapEntry] = []
        for row in rows {
            switch try LedgerEntry(decoding: row.bytes) {
            case .closing(let closing): ends[Reference(closing.transaction).description] = closing.ending
            case .gap(let gap): gaps.append(gap)
            default: break
            }
        }
        #expect(gaps.last?.reason == "crash", "no gap entry says that it crashed", sourceLocation: location)
        // Every answer that was released has its entry, and there is one for each message.
        let state = link.read { $0 }
        let answers = state.messages.map { String(decoding: $0, as: UTF8.self) }
        for answer in answers {
            guard let reference = reference(in: answer) else {
                Issue.record("an answer without reference: \(answer.prefix(200))", sourceLocation: location)
                continue
            }
            let ending = ends[reference]
            #expect(
                ending == (answer.contains(" REFUSED") ? .refusedOnQuestion : .release),
                sourceLocation: location)
        }
        #expect(
            Set(answers.compactMap(control)).count == answers.count, "answered twice",
            sourceLocation: location)
        #expect(Set(answers.compactMap(control)) == state.accepted, sourceLocation: location)
        #expect(state.unacknowledged.isEmpty, sourceLocation: location)
    }

    static func kind(_ row: EntryRow) throws -> LedgerEntry.Kind { try LedgerEntry(decoding: row.bytes).kind }

    static func control(_ answer: String) -> String? {
        answer.firstIndex(of: "*").map { String(answer[answer.index(after: $0)...].prefix(10)) }
    }

    private static func reference(in answer: String) -> String? {
        answer.firstMatch(of: /[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}/).map { String($0.output) }
    }
}
