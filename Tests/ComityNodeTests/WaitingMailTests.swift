import ComityExchange
import ComityMessages
import ComityStore
import Testing

@Suite("Mail that waits on the disk")
struct WaitingMailTests {
    /// Two letters for link 1 and one for link 2 in one commit.
    private func scene() throws -> WriterScene {
        var scene = try WriterScene()
        try scene.commit { append in
            append.sessions = [.session(1, sent: 2, delivered: 0), .session(2, sent: 1, delivered: 0)]
            append.mail = [letter(1, 1), letter(2, 1), letter(1, 2)]
        }
        return scene
    }

    private func letter(_ session: Int64, _ sequence: UInt64) -> Mail {
        Mail(session: SessionID(session), sequence: sequence, bytes: [UInt8](repeating: 65, count: 40))
    }

    @Test("the letters of one commit are one row, which stays until every one of them is delivered")
    func oneRow() throws {
        var scene = try scene()
        #expect(scene.store.contents.mail.count == 1)
        #expect(try scene.waiting() == ["1:1", "2:1", "1:2"])
        try scene.commit { $0.sessions = [.session(1, sent: 2, delivered: 2)] }
        #expect(scene.store.contents.mail.count == 1)
        #expect(try scene.waiting() == ["2:1"])
        try scene.commit { $0.sessions = [.session(2, sent: 1, delivered: 1)] }
        #expect(scene.store.contents.mail.isEmpty)
    }

    @Test("part of a session's letters being delivered leaves the others waiting")
    func part() throws {
        var scene = try scene()
        try scene.commit { $0.sessions = [.session(1, sent: 2, delivered: 1)] }
        #expect(try scene.waiting() == ["2:1", "1:2"])
    }

    @Test("what waits goes on waiting in the next process, and its row goes when it is delivered there")
    func restarted() throws {
        var scene = try scene()
        try scene.commit { $0.sessions = [.session(1, sent: 2, delivered: 1)] }
        try scene.restart()
        try scene.commit { append in
            append.mail = [letter(2, 2)]
            append.sessions = [.session(2, sent: 2, delivered: 1)]
        }
        #expect(try scene.waiting() == ["1:2", "2:2"])
        try scene.commit { $0.sessions = [.session(1, sent: 2, delivered: 2)] }
        #expect(scene.store.contents.mail.count == 1)
        #expect(try scene.waiting() == ["2:2"])
    }

    @Test("a session that ends takes its mail with it, and nobody else's")
    func ended() throws {
        var scene = try scene()
        try scene.commit { $0.closedSessions = [SessionID(1)] }
        #expect(try scene.waiting() == ["2:1"])
        try scene.commit { $0.closedSessions = [SessionID(2)] }
        #expect(scene.store.contents.mail.isEmpty)
    }

    @Test("a row that nobody waits for when a process starts goes with its first commit")
    func spent() throws {
        var scene = try scene()
        // The process ends after the counters became durable and before the row was deleted.
        try scene.commit { append in
            append.sessions = [.session(1, sent: 2, delivered: 2), .session(2, sent: 1, delivered: 1)]
            append.mail = [letter(1, 3)]
        }
        let rows = scene.store.contents.mail.count
        try scene.restart()
        try scene.commit { $0.sessions = [.session(1, sent: 3, delivered: 2)] }
        #expect(rows <= 2 && scene.store.contents.mail.count == 1)
        #expect(try scene.waiting() == ["1:3"])
    }

    @Test("a row of mail that was put in the place of another is not opened")
    func moved() throws {
        var scene = try scene()
        try scene.commit { $0.mail = [letter(1, 3)] }
        let rows = scene.store.contents.mail
        var batch = Batch()
        batch.mail = [.init(id: 2, sealed: rows[1]!.sealed)]
        try scene.store.commit(batch)
        #expect(throws: (any Error).self) { try scene.restart() }
    }
}
