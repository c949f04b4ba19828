import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStore
import Testing

@Suite("Erasing") struct ErasureTests {
    private static let lane = LedgerName("hub/lane/WA/2026")!
    private static let control = LedgerName("hub/control")!
    /// 2026-06-01T00:00:00Z, in hours since 1970.
    private static let start: UInt64 = 20_605 * 24

    /// A control ledger, and one ended look-up in each of some hours.
    private func scene(hours: Range<UInt64>, open: Set<UInt64> = []) throws -> WriterScene {
        var scene = try WriterScene()
        try scene.commit { append in
            append.drafts = [
                .other(
                    .directory(
                        DirectoryEntry(
                            ledger: Self.control, time: 1, subject: .directory, version: "a", hash: .zero)),
                    body: nil)
            ]
        }
        for hour in hours { try ask(&scene, hour, ends: !open.contains(hour)) }
        return scene
    }

    private func ask(_ scene: inout WriterScene, _ hour: UInt64, ends: Bool = true) throws {
        let (transaction, time) = (TransactionID(high: 7, low: hour), (Self.start + hour) * 3_600_000)
        let body = QuestionBody(
            salt: Salt([UInt8](repeating: 1, count: 32))!, raw: Array("message \(hour)".utf8), link: "a",
            session: 1, sequence: hour, control: nil, destination: "WA", receivedAt: time)
        let entry = QuestionEntry(
            ledger: Self.lane, time: time, transaction: transaction, message: MessageID(high: 1, low: hour),
            agency: "CO0010100", key: "DQ", facts: [],
            versions: EntryVersions(taxonomy: .zero, directory: .zero, floor: .zero, policy: nil),
            noDecisionOnFile: true, gate: .open, groups: 1, withheld: 0, deciding: [], matched: [],
            body: body.commitment())
        try scene.commit { append in
            append.drafts = [
                .question(
                    entry, body, requester: MemberCode("CO"), duplicateKey: [UInt8](repeating: 5, count: 32))
            ]
            if ends { append.ended = [transaction] }
        }
    }

    /// One commit of what a keeper wants.
    private func keep(_ scene: inout WriterScene, _ keeping: Keeping, at hour: UInt64) throws {
        let now = Timestamp(milliseconds: Int64((Self.start + hour) * 3_600_000))
        let append = Append(number: 1, keeping, at: now, control: Self.control) {
            LedgerName(switch: "hub", lane: $0, year: now.day.civil.year)
        }
        try scene.commit { given in
            given.drafts = append.drafts
            given.erasedBodies = append.erasedBodies
            given.erasedEpochs = append.erasedEpochs
        }
    }

    private func scan(_ end: UInt64, after: Int64 = 0) -> ExpiryScan {
        let end = (Self.start + end) * 3_600_000
        return ExpiryScan(after: after, end: end) { $0 == "WA" ? end : nil }
    }

    /// The hours whose look-ups still have an envelope.
    private func left(_ scene: WriterScene) throws -> [UInt64] {
        try scene.store.contents.entries.compactMap { row in
            guard row.body != nil, case .question(let entry) = try LedgerEntry(decoding: row.bytes) else {
                return nil
            }
            return entry.transaction.low
        }
    }

    @Test("envelope, key of the repetition and both entries in one commit; with a failing store none of it")
    func oneCommit() throws {
        var scene = try scene(hours: 0..<4)
        var scan = scan(2)
        let step = try #require(try scan.next(scene.store, limit: 100))
        let erasure = try #require(step.erasures.first)
        #expect(step.erasures.count == 1)
        #expect(erasure.positions == EraseEntry.Stretch(first: 1, last: 2))
        let before = scene.store.contents
        scene.store.fail(next: .failsUnkept)
        #expect(throws: StoreError.self) { try keep(&scene, .erase([erasure]), at: 9000) }
        #expect(scene.store.contents.entries == before.entries)
        try scene.restart()
        let commits = scene.store.contents.commits
        try keep(&scene, .erase([erasure]), at: 9000)
        #expect(scene.store.contents.commits == commits + 1)
        #expect(try left(scene) == [2, 3])
        let after = scene.store.contents.entries
        #expect(after.filter { $0.duplicateKey != nil }.count == 2)
        #expect(after.prefix(before.entries.count).map(\.bytes) == before.entries.map(\.bytes))
        // A year has passed: the old ledger is closed, and the entry stands in that of its own year, behind the one that
        // opens it.
        let new = try after.dropFirst(before.entries.count).map { try LedgerEntry(decoding: $0.bytes) }
        #expect(
            new.map(\.ledger.description)
                == ["hub/lane/WA/2026", "hub/lane/WA/2027", "hub/lane/WA/2027", "hub/control"])
        guard case .erase(let own) = new[2], case .erase(let told) = new[3] else {
            Issue.record("no erasures")
            return
        }
        #expect(own.lane == Self.lane && told.lane == Self.lane)
        #expect(own.count == 2 && told.count == 2 && own.positions == told.positions)
        #expect(try LedgerVerification(scene.store).isSound)
    }

    @Test(
        "a question that may be open keeps its envelope, and ends the stretch; the next scan begins with it")
    func openOnes() throws {
        let scene = try scene(hours: 0..<6, open: [2])
        var first = scan(5)
        let step = try #require(try first.next(scene.store, limit: 100))
        // Behind an open one nothing is sure to have ended.
        #expect(step.erasures.flatMap(\.entries).count == 2)
        #expect(try first.next(scene.store, limit: 100) == nil)
        let opened = try #require(scene.store.contents.entries.first { $0.ledger == 2 && $0.position == 3 })
        #expect(first.done == opened.id - 1)
    }

    @Test("a scan in small steps finds the same as in one, each once")
    func steps() throws {
        let scene = try scene(hours: 0..<9)
        for limit in 1...9 {
            var scan = scan(7)
            var found: [Int64] = []
            while let step = try scan.next(scene.store, limit: limit) {
                #expect(step.erasures.reduce(0) { $0 + $1.entries.count } <= limit)
                found += step.erasures.flatMap(\.entries)
            }
            #expect(found.count == 7 && Set(found).count == 7, "steps of \(limit)")
        }
    }

    @Test("an epoch key goes with the last envelope under it, and not while its hour may seal more")
    func epochs() throws {
        var scene = try scene(hours: 0..<4)
        // The hour that is not over.
        try ask(&scene, 4)
        let all = try scene.store.contents.entries.compactMap(\.body).map { Set(try Envelope.epochs(of: $0)) }
        let hours = Self.start...Self.start + 4
        #expect(try EpochSweep.spent(among: all[0], hours: hours, in: scene.store).isEmpty)
        var scan = scan(1)
        let step = try #require(try scan.next(scene.store, limit: 100))
        try keep(&scene, .erase([step.erasures[0]]), at: 9000)
        let spent = try EpochSweep.spent(among: Set(all.joined()), hours: hours, in: scene.store)
        #expect(Set(spent) == all[0])
        try keep(&scene, .forget(epochs: spent), at: 9000)
        #expect(scene.store.contents.epochs.count == 8)
        // The newest hour's keys still have the switch's own copy.
        var rest = self.scan(5)
        while let step = try rest.next(scene.store, limit: 100) {
            for erasure in step.erasures { try keep(&scene, .erase([erasure]), at: 9000) }
        }
        #expect(try left(scene) == [])
        let last = try EpochSweep.spent(among: Set(all.joined()), hours: hours, in: scene.store)
        #expect(Set(last) == Set(all[1..<4].joined()))
    }

    @Test("Improper erasure: what only one of the two ledgers tells of is found in the other")
    func oneSided() throws {
        for keepsControl in [true, false] {
            var scene = try scene(hours: 0..<3)
            var scan = scan(1)
            let step = try #require(try scan.next(scene.store, limit: 100))
            let append = Append(
                number: 1, .erase([step.erasures[0]]),
                at: Timestamp(milliseconds: Int64((Self.start + 4) * 3_600_000)),
                control: Self.control
            ) { _ in Self.lane }
            try scene.commit { given in
                given.drafts = [append.drafts[keepsControl ? 1 : 0]]
                given.erasedBodies = append.erasedBodies
            }
            let kinds = try LedgerVerification(scene.store).reports.flatMap(\.findings).map(\.kind)
            #expect(kinds == (keepsControl ? [.eraseNotRecorded] : [.envelopeMissing, .eraseNotPublic]))
        }
    }
}
