import ComityLedger
import ComityNode
import ComityStore
import Dispatch
import Foundation
import Glibc
import Logging
import Synchronization
import Testing

@Suite("Seals of commits")
struct SealTests {
    private static let key = MemorySealingKey(secret: [UInt8](repeating: 7, count: 32))!
    private let path = FileManager.default.temporaryDirectory.path + "/comity-seals-\(UUID().uuidString)"

    private static func name(_ number: Int64) -> LedgerName {
        LedgerName(switch: "hub", lane: ["WA", "TX", "NY", "OR"][Int(number) % 4], year: 2000 + Int(number))!
    }

    private static func head(_ ledger: Int64, size: UInt64) -> HeadRow {
        HeadRow(
            ledger: ledger, name: name(ledger).description, size: size,
            root: Merkle.leafHash([UInt8(truncatingIfNeeded: size)]).bytes)
    }

    private static func seal(_ ledger: Int64, size: UInt64, other: Bool = false) throws -> Seal {
        let root = other ? Merkle.leafHash([1, 2, 3]) : LedgerHash(head(ledger, size: size).root)!
        return try Seal(name(ledger), size: size, root: root, time: 1_790_000_000, key: key)
    }

    private func kept(_ ledger: Int64) throws -> UInt64? {
        let name = Self.name(ledger)
        return try SealShelf(path).seal(of: name, key: Self.key.verifierKey(of: name))?.size
    }

    @Test("what waits for a seal is at most one state of each ledger, the newest, in the order of waiting")
    func queue() {
        var queue = SealingQueue()
        for size in 1...1000 as ClosedRange<UInt64> {
            queue.add([Self.head(3, size: size), Self.head(1, size: size)])
        }
        queue.add([Self.head(2, size: 7)])
        let first = queue.take(atMost: 2)
        #expect(first.map(\.ledger) == [3, 1])
        #expect(first.map(\.size) == [1000, 1000])
        queue.add([Self.head(3, size: 1001)])
        #expect(queue.take(atMost: 10).map(\.ledger) == [2, 3])
        #expect(queue.isEmpty && queue.take(atMost: 10).isEmpty)
    }

    @Test("every ledger that a commit touched is sealed, in memory at once and in the file at the end")
    func thread() throws {
        defer { unlinkFiles() }
        let (book, counters) = (SealBook(), NodeCounters())
        counters.time.store(1_790_000_000_000, ordering: .relaxed)
        let thread = SealingThread(
            key: Self.key, shelf: SealShelf(path), book: book, counters: counters,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let worker = Worker("seals") { thread.run() }
        for size in 1...50 as ClosedRange<UInt64> {
            thread.committed((0..<40).map { Self.head($0, size: size) })
        }
        let end = DispatchTime.now().uptimeNanoseconds + 10_000_000_000
        while (0..<40).contains(where: { book.seal(of: Self.name($0))?.size != 50 }),
            DispatchTime.now().uptimeNanoseconds < end
        { usleep(1000) }
        for ledger in 0..<40 as Range<Int64> {
            let seal = try #require(book.seal(of: Self.name(ledger)))
            #expect(seal.size == 50 && seal.time == 1_790_000_000)
            #expect(try Seal(seal.bytes, key: Self.key.verifierKey(of: Self.name(ledger))) == seal)
        }
        thread.stop()
        worker.join()
        #expect(try SealShelf(path).ledgers().count == 40)
        for ledger in 0..<40 as Range<Int64> { #expect(try kept(ledger) == 50) }
        // States that came while others were signed were passed over.
        let seals = counters.seals.load(ordering: .relaxed)
        #expect(seals >= 40 && seals <= 2000)
    }

    @Test("a kept seal gives way only to one of more entries, and never to another history")
    func shelf() throws {
        defer { unlinkFiles() }
        let shelf = SealShelf(path)
        #expect(!shelf.exists)
        #expect(try shelf.ledgers() == [])
        try shelf.keep([Self.seal(1, size: 5), Self.seal(2, size: 9)])
        try shelf.keep([Self.seal(1, size: 4), Self.seal(2, size: 10)])
        #expect(try kept(1) == 5 && kept(2) == 10)
        #expect(throws: SealConflict.otherHistory) { try shelf.keep([Self.seal(1, size: 5, other: true)]) }
        #expect(try kept(1) == 5)
        #expect(throws: NoteError.self) {
            let thief = MemorySealingKey(secret: [UInt8](repeating: 8, count: 32))!
            _ = try shelf.seal(of: Self.name(1), key: thief.verifierKey(of: Self.name(1)))
        }
    }

    @Test("several writers at once lose nothing and take nothing back")
    func writers() throws {
        defer { unlinkFiles() }
        let path = path
        DispatchQueue.concurrentPerform(iterations: 8) { writer in
            for step in 0..<15 {
                let size = UInt64(step * 8 + writer + 1)
                do {
                    try SealShelf(path).keep([
                        Self.seal(0, size: size), Self.seal(Int64(writer) + 1, size: size),
                    ])
                } catch { Issue.record("\(error)") }
            }
        }
        #expect(try kept(0) == 120)
        for writer in 0..<8 { #expect(try kept(Int64(writer) + 1) == UInt64(14 * 8 + writer + 1)) }
    }

    @Test("a file that is damaged is refused and not written over")
    func damaged() throws {
        defer { unlinkFiles() }
        try SealShelf(path).keep([Self.seal(1, size: 5)])
        let good = try Data(contentsOf: URL(fileURLWithPath: path))
        for bad in [good.dropLast(3), Data(), Data("{\"format\":2,\"seals\":[]}".utf8)] {
            try bad.write(to: URL(fileURLWithPath: path))
            #expect(throws: HomeError.self) { try SealShelf(path).ledgers() }
            #expect(throws: HomeError.self) { try SealShelf(path).keep([Self.seal(1, size: 6)]) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bad)
        }
    }

    private func unlinkFiles() {
        for more in ["", ".lock", ".new"] { try? FileManager.default.removeItem(atPath: path + more) }
    }
}
