import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityStore
import ComityStoreSQLite
import Dispatch
import Foundation
import Glibc
import Testing

/// Erasing on a real switch that somebody else reads from, and that is killed.
@Suite("Erasing", .serialized)
struct ErasureTests {
    @Test(
        "killed after an erasure was recorded and before it is gone from the log: the next process makes it go"
    )
    func killed() throws {
        let real = try RealSwitch(links: [NodeConfiguration.Link(name: "a", everybody: true)], people: 5)
        let link = try { port in
            let link = try TestLink("a", home: real.home)
            try link.connect(port: port)
            return link
        }(real.start())
        for number in 1...5 {
            link.send("DQ.CO0010100.WA.*A00000000\(number).TXT\r\nRSN/T.OLN/WDL00000012X")
            try link.wait(10) { $0.messages.count == number }
        }
        let (reference, envelope) = try second(real.home)
        let tail = Data(envelope.suffix(40))
        #expect(holds(real.home, tail))

        // Somebody reads, and needs the log as it was.
        let reading = Process()
        reading.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        reading.arguments = [
            "python3", "-c",
            "import sqlite3,sys\nd=sqlite3.connect(sys.argv[1],isolation_level=None)\nd.execute('begin')\n"
                + "d.execute('select max(id) from entry').fetchone()\nprint('reading',flush=True)\nsys.stdin.read()",
            real.home.store,
        ]
        let (input, output) = (Pipe(), Pipe())
        reading.standardInput = input
        reading.standardOutput = output
        try reading.run()
        #expect(!output.fileHandleForReading.availableData.isEmpty)
        let home = real.home
        DispatchQueue.global().async {
            _ = try? HomeReader(home).keep(
                .erase(reference, owner: MemberCode("WA")!, basis: .courtOrder, order: "a court (made up)"))
        }
        for _ in 0..<500 where try body(of: 1, home) != nil { usleep(10_000) }
        #expect(try body(of: 1, home) == nil)
        real.kill()
        #expect(holds(home, tail), "the log was emptied under a reader: this test shows nothing")
        // Whoever closes a database last empties its log; this one does not come to it.
        kill(reading.processIdentifier, SIGKILL)
        reading.waitUntilExit()
        #expect(holds(home, tail))

        try real.start()
        for _ in 0..<500 where holds(home, tail) { usleep(10_000) }
        #expect(!holds(home, tail))
        #expect(real.stop() == 0)
        #expect(try bodies(home).map { $0 == nil } == [false, true, false, false, false])
    }

    /// The reference and the envelope of the second look-up.
    private func second(_ home: Home) throws -> (Reference, [UInt8]) {
        let reader = try StoreReader(path: home.store)
        defer { try? reader.close() }
        let questions = try reader.entries(after: 0, limit: .max).compactMap { row in
            if case .question(let entry) = try LedgerEntry(decoding: row.bytes) {
                (entry, row.body)
            } else {
                nil
            }
        }
        return (Reference(questions[1].0.transaction), try #require(questions[1].1))
    }

    private func bodies(_ home: Home) throws -> [[UInt8]?] {
        let reader = try StoreReader(path: home.store)
        defer { try? reader.close() }
        return try reader.entries(after: 0, limit: .max).filter { row in
            if case .question = try LedgerEntry(decoding: row.bytes) { true } else { false }
        }.map(\.body)
    }

    private func body(of question: Int, _ home: Home) throws -> [UInt8]? { try bodies(home)[question] }

    private func holds(_ home: Home, _ bytes: Data) -> Bool {
        ["", "-wal"].contains { suffix in
            FileManager.default.contents(atPath: home.store + suffix)?.range(of: bytes) != nil
        }
    }
}
