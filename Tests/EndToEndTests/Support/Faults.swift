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

    private let lines: [Substring]

    init(_ path: String) throws {
        lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    }

    private var fault: Int? {
        lines.firstIndex { $0.contains("(INJECTED)") && $0.contains("comity.sqlite-wal>") }
    }

    /// The call on the store's log that failed; other threads count their own calls, and may fail on other files.
    var failed: Substring? { fault.map { lines[$0] } }

    /// Flushes of the store's log after the fault.
    var flushesAfter: [Substring] {
        after.filter { $0.contains("comity.sqlite-wal>") && $0.contains("sync(") && !$0.contains("INJECTED") }
    }

    /// Answers that left after the fault.
    var answersAfter: [Substring] { after.filter { $0.contains("COMITY 1 ") && $0.contains("TCP") } }

    private var after: ArraySlice<Substring> { fault.map { lines[($0 + 1)...] } ?? lines[...] }

    /// The bytes of the store's log that were written and not flushed when the process died.
    var unflushed: Range<UInt64>? {
        let last = lines.lastIndex {
            $0.contains("comity.sqlite-wal>") && $0.contains("sync(") && $0.hasSuffix("= 0")
        }
        var range: Range<UInt64>?
        for line in lines[((last ?? -1) + 1)...]
        where line.contains("pwrite64(") && line.contains("comity.sqlite-wal>") && line.contains(") = ") {
            // ..., 4096, 131234) = 4096
            let arguments = line[..<line.range(of: ") = ", options: .backwards)!.lowerBound].split(
                separator: ",")
            guard let offset = arguments.last.flatMap({ UInt64($0.trimmingCharacters(in: .whitespaces)) }),
                let length = arguments.dropLast().last.flatMap({
                    UInt64($0.trimmingCharacters(in: .whitespaces))
                })
            else { continue }
            let piece = offset..<offset + length
            range = range.map { min($0.lowerBound, offset)..<max($0.upperBound, piece.upperBound) } ?? piece
        }
        return range
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
