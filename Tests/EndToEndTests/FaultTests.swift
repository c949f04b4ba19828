import ComityLedger
import ComityNode
import ComityStore
import ComityStoreSQLite
import Foundation
import Glibc
import Testing

/// Attacks "fsync failing", "disk full" and "`kill -9` at any point" (torn write) on the real program: guarantees 1, 3
/// and 4 when the disk does not do what it is told.
@Suite("Faults of the disk", .serialized)
struct FaultTests {
    /// The exit status after a failed commit, as docs/operations/configuration.md states it.
    private static let failedCommit: Int32 = 74

    @Test(
        "fsync failing or disk full: the switch stops serving, releases nothing unrecorded, and tries no flush again",
        arguments: [
            "fdatasync:error=EIO:when=5", "pwrite64:error=ENOSPC:when=30", "pwrite64:error=EIO:when=31",
        ])
    func failingCalls(fault: String) throws {
        let scene = try Scene()
        let trace = scene.real.home.path + "/trace"
        let program = [RealSwitch.program, "serve", "--quiet", "--config", scene.real.configuration]
        let port = try scene.real.start(FaultTrace.command(program, trace: trace, fault: fault))
        try scene.link.connect(port: port)
        try scene.askUntilItEnds()
        #expect(scene.real.exitStatus() == Self.failedCommit)
        let seen = try FaultTrace(trace)
        #expect(seen.failed?.contains("comity.sqlite-wal>") == true, "\(seen.failed ?? "nothing failed")")
        #expect(seen.flushesAfter.isEmpty, "\(seen.flushesAfter)")
        #expect(seen.answersAfter.isEmpty, "\(seen.answersAfter)")
        #expect(try scene.log().contains("nothing unrecorded was released"))
        let durable = try scene.confirmedEntries()
        try scene.goOn()
        try World.check(scene.real, scene.link, before: durable)
    }

    @Test(
        "disk full: on a disk of its own that really fills up, the switch stops and goes on when there is room"
    )
    func full() throws {
        guard let disk = SmallDisk(megabytes: 24) else {
            print("skipped: a small disk cannot be mounted here; the planted ENOSPC above stands for it")
            return
        }
        let scene = try Scene(in: disk.path)
        try scene.link.connect(port: try scene.real.start())
        for _ in 0..<3 { try scene.ask() }
        disk.fill(leaving: 300_000)
        try scene.askUntilItEnds()
        // Its log lies on the full disk too, so the status alone says why.
        #expect(scene.real.exitStatus() == Self.failedCommit)
        disk.makeRoom()
        let durable = try scene.confirmedEntries()
        try scene.goOn()
        try World.check(scene.real, scene.link, before: durable)
    }

    /// What is left of the last commit when the machine goes down before it was flushed.
    enum Torn: String, CaseIterable, CustomTestStringConvertible {
        case wholeAndUnconfirmed, lost, cutInTheMiddle, sectorGarbled, lastBytesGarbled
        var testDescription: String { rawValue }
    }

    @Test(
        "torn write: of a commit that was not flushed anything may be missing; what was released has its entry",
        arguments: Torn.allCases)
    func torn(_ torn: Torn) throws {
        let scene = try Scene()
        let trace = scene.real.home.path + "/trace"
        let program = [RealSwitch.program, "serve", "--quiet", "--config", scene.real.configuration]
        // Killed when it is about to flush a commit: nothing of it was confirmed.
        let port = try scene.real.start(
            FaultTrace.command(program, trace: trace, fault: "fdatasync:signal=SIGKILL:when=6"))
        try scene.link.connect(port: port)
        try scene.askUntilItEnds()
        _ = scene.real.exitStatus()
        let unflushed = try #require(try FaultTrace(trace).unflushed)
        #expect(unflushed.count > 4096)
        let durable = try scene.entries(logEnd: unflushed.lowerBound)
        #expect(try scene.entries().count > durable.count)
        try tear(scene.real.home.store + "-wal", unflushed, torn)
        if torn != .wholeAndUnconfirmed {
            #expect(try scene.entries().count == durable.count, "the torn commit was not dropped")
        }
        try scene.goOn()
        try World.check(scene.real, scene.link, before: durable)
    }

    private func tear(_ log: String, _ unflushed: Range<UInt64>, _ torn: Torn) throws {
        let file = try #require(FileHandle(forUpdatingAtPath: log))
        defer { try? file.close() }
        let middle = (unflushed.lowerBound + unflushed.upperBound) / 2
        // Each bit is turned: zeros would change nothing where a page is empty.
        func garble(_ range: Range<UInt64>) throws {
            try file.seek(toOffset: range.lowerBound)
            let bytes = try #require(try file.read(upToCount: range.count))
            try file.seek(toOffset: range.lowerBound)
            try file.write(contentsOf: Data(bytes.map { ~$0 }))
        }
        switch torn {
        case .wholeAndUnconfirmed: break
        case .lost: try file.truncate(atOffset: unflushed.lowerBound)
        case .cutInTheMiddle: try file.truncate(atOffset: middle)
        case .sectorGarbled: try garble(middle / 512 * 512..<middle / 512 * 512 + 512)
        case .lastBytesGarbled: try garble(unflushed.upperBound - 100..<unflushed.upperBound)
        }
    }
}

/// A switch, one link, and what is asked on it.
private final class Scene {
    let real: RealSwitch
    let link: TestLink
    private var asked = 0

    /// Makes the home with one start in good order.
    init(in folder: String? = nil) throws {
        real = try RealSwitch(
            links: [NodeConfiguration.Link(name: "a", everybody: true)], people: 5, in: folder)
        try real.start()
        _ = real.stop()
        link = try TestLink("a", home: real.home)
    }

    func send() {
        asked += 1
        let digits = String(asked)
        let control = String(repeating: "0", count: 10 - digits.count) + digits
        let asker = asked % 3 == 0 ? "DXICE0100" : "CO0010100"
        link.send("DQ.\(asker).WA.*\(control).TXT\r\nRSN/T.OLN/WDL00000012X", control: control)
    }

    func ask() throws {
        send()
        let asked = asked
        try link.wait(20) { $0.messages.count >= asked }
    }

    /// Asks one question after another until the switch is gone.
    func askUntilItEnds() throws {
        for _ in 0..<20_000 {
            send()
            let asked = asked
            try link.wait(20) { $0.messages.count >= asked || $0.isClosed }
            if link.read({ $0.isClosed }) { return }
        }
        Issue.record("the switch never ended")
    }

    /// The next process takes up what is there, and some more is asked; then it stops.
    func goOn() throws {
        try link.connect(port: try real.start())
        for _ in 0..<3 { send() }
        let asked = asked
        try link.wait(20) { $0.messages.count >= asked && $0.unacknowledged.isEmpty }
        usleep(200_000)
        #expect(real.stop() == 0)
    }

    func log() throws -> String {
        try String(contentsOfFile: real.home.path + "/stderr.log", encoding: .utf8)
    }

    /// Every entry that a reader of the files, as they lie there, would find. It works on a copy, because opening a database
    /// changes its files.
    ///
    /// - Parameter logEnd: as if the store's log had only so many bytes.
    func entries(logEnd: UInt64? = nil) throws -> [EntryRow] {
        let copy = FileManager.default.temporaryDirectory.path + "/comity-copy-\(UUID().uuidString.prefix(8))"
        defer {
            for more in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + more) }
        }
        for more in ["", "-wal"] where FileManager.default.fileExists(atPath: real.home.store + more) {
            try FileManager.default.copyItem(atPath: real.home.store + more, toPath: copy + more)
        }
        if let logEnd { truncate(copy + "-wal", Int(logEnd)) }
        let store = try SQLiteStore(path: copy)
        defer { try? store.close() }
        return try store.entries(after: 0, limit: .max)
    }

    /// The entries that were confirmed for sure: up to the closing of the last answer.
    func confirmedEntries() throws -> [EntryRow] {
        let answered = link.read { $0.messages.count }
        var closings = 0
        return try entries().filter { row in
            defer { if isClosing(row) { closings += 1 } }
            return closings < answered
        }
    }

    private func isClosing(_ row: EntryRow) -> Bool { (try? World.kind(row)) == .closing }
}

/// A file system in memory of a few megabytes; only a superuser can have one.
private final class SmallDisk {
    let path: String

    init?(megabytes: Int) {
        path = FileManager.default.temporaryDirectory.path + "/comity-disk-\(UUID().uuidString.prefix(8))"
        guard geteuid() == 0,
            (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true))
                != nil,
            mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0
        else { return nil }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }

    private var filler: String { path + "/filler" }

    func fill(leaving bytes: Int) {
        var status = statvfs()
        statvfs(path, &status)
        let free = Int(status.f_bavail) * Int(status.f_bsize)
        _ = FileManager.default.createFile(
            atPath: filler, contents: Data(repeating: 1, count: max(0, free - bytes)))
    }

    func makeRoom() { unlink(filler) }
}
