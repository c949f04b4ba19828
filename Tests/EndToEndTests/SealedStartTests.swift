import ComityLedger
import ComityNode
import Foundation
import Testing

/// A running switch seals its ledgers, and does not go on with a database that is older than its seals.
@Suite("Seals and the start of a switch", .serialized)
struct SealedStartTests {
    @Test("Old backup: a database that is put back to an earlier day is not gone on with")
    func older() throws {
        let real = try RealSwitch(links: [NodeConfiguration.Link(name: "a", everybody: true)], people: 5)
        let (store, backup) = (real.home.path + "/comity.sqlite", real.home.path + "/backup")
        let port = try real.start()
        let link = try TestLink("a", home: real.home)
        try link.connect(port: port)
        try ask(1, link)
        #expect(real.stop() == 0)
        let files = FileManager.default
        try files.copyItem(atPath: store, toPath: backup)
        let sealed = SealShelf(real.home.path + ".sealed")
        #expect(try sealed.ledgers().map(\.description).contains("e2e/lane/WA/2026"))

        try link.connect(port: try real.start())
        try ask(2, link)
        #expect(real.stop() == 0)
        for name in ["", "-wal", "-shm"] { try? files.removeItem(atPath: store + name) }
        try files.copyItem(atPath: backup, toPath: store)
        #expect(throws: RealSwitch.Failure.self) { try real.start(wait: 20) }
        let log = try String(contentsOfFile: real.home.path + "/stderr.log", encoding: .utf8)
        #expect(log.contains("an older database was put back"), "\(log.suffix(500))")
    }

    @Test("after `kill -9` the seals never speak of more than is on the disk")
    func killed() throws {
        let real = try RealSwitch(links: [NodeConfiguration.Link(name: "a", everybody: true)], people: 5)
        var port = try real.start()
        let link = try TestLink("a", home: real.home)
        for number in 1...3 {
            try link.connect(port: port)
            try ask(number, link)
            if number == 2 {
                // One end in good order, so that there are seals.
                #expect(real.stop() == 0)
            } else {
                real.kill()
            }
            port = try real.start()
        }
        #expect(real.stop() == 0)
    }

    private func ask(_ number: Int, _ link: TestLink) throws {
        link.send("DQ.CO0010100.WA.*A00000000\(number).TXT\r\nRSN/T.OLN/WDL00000012X")
        try link.wait(10) { $0.messages.count == number }
    }
}
