import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityStore
import Testing

@Suite("Keys of the hour") struct EpochKeyTests {
    /// One commit with a question of an hour, which stays open unless it is ended.
    private func ask(
        _ scene: inout WriterScene, _ number: UInt64, hour: UInt64, requester: String? = "CO",
        ends: Bool = true
    ) throws {
        let transaction = TransactionID(high: 7, low: number)
        let time = hour * 3_600_000 + number
        let body = QuestionBody(
            salt: Salt([UInt8](repeating: 1, count: 32))!, raw: Array("message \(number)".utf8), link: "a",
            session: 1, sequence: number, control: nil, destination: "WA", receivedAt: time)
        let none = LedgerHash([UInt8](repeating: 0, count: 32))!
        let entry = QuestionEntry(
            ledger: LedgerName("hub/lane/WA/2026")!, time: time, transaction: transaction,
            message: MessageID(high: 1, low: number), agency: "CO0010100", key: "DQ", facts: [],
            versions: EntryVersions(taxonomy: none, directory: none, floor: none, policy: nil),
            noDecisionOnFile: true, gate: .open, groups: 1, withheld: 0, deciding: [], matched: [],
            body: body.commitment())
        try scene.commit { append in
            append.drafts = [
                .question(entry, body, requester: requester.flatMap { MemberCode($0) }, duplicateKey: nil)
            ]
            if ends { append.ended = [transaction] }
        }
    }

    @Test("the look-ups of an hour share one key for each holder; the next hour has others")
    func hourly() throws {
        var scene = try WriterScene()
        for number in 1...3 { try ask(&scene, UInt64(number), hour: 100) }
        #expect(scene.store.contents.epochs.values.map(\.holder).sorted() == ["owner WA", "requester CO"])
        try ask(&scene, 4, hour: 101)
        #expect(scene.store.contents.epochs.count == 4)
        try ask(&scene, 5, hour: 101, requester: nil)
        #expect(scene.store.contents.epochs.count == 4)
    }

    @Test("owner, auditor and requester open the body with their own secrets, and nobody else does")
    func opened() throws {
        var scene = try WriterScene()
        try ask(&scene, 1, hour: 100)
        let row = try #require(scene.store.contents.entries.last)
        let entry = try LedgerEntry(decoding: row.bytes)
        guard case .question(let question) = entry, let sealed = row.body else {
            Issue.record("no question")
            return
        }
        func open(_ holder: String, _ secret: RecipientSecret) throws -> [UInt8] {
            let epochs = try scene.store.epochs(of: holder).map { row in
                try WrappedEpoch(
                    id: row.id, holder: EpochHolder(row.holder)!, hour: row.hour, encodedWraps: row.wraps
                ).open(with: secret)
            }
            return try Envelope.open(sealed, at: question.envelopePlace) { id in epochs.first { $0.id == id }
            }
        }
        for (holder, secret) in [
            ("owner WA", WriterScene.secret(.owner, "WA")), ("owner WA", WriterScene.secret(.auditor, "WA")),
            ("requester CO", WriterScene.secret(.requester, "CO")),
        ] {
            #expect(try QuestionBody(decoding: open(holder, secret)).raw == Array("message 1".utf8))
        }
        #expect(throws: SealError.self) { try open("owner WA", WriterScene.secret(.requester, "CO")) }
        #expect(throws: SealError.self) { try open("owner WA", WriterScene.secret(.owner, "OR")) }
    }

    @Test("the switch keeps a copy while a look-up of the hour is open, and no longer")
    func forgotten() throws {
        var scene = try WriterScene()
        try ask(&scene, 1, hour: 100)
        try ask(&scene, 2, hour: 101, ends: false)
        #expect(kept(scene) == [101])
        try ask(&scene, 3, hour: 102)
        #expect(kept(scene) == [101, 102])
        try scene.commit { $0.ended = [TransactionID(high: 7, low: 2)] }
        try ask(&scene, 4, hour: 103)
        #expect(kept(scene) == [103])
        #expect(scene.store.contents.epochs.count == 8, "the recipients' copies stay")
    }

    @Test("a process with shorter epochs than the one before still has the keys of look-ups that wait")
    func shorterEpochs() throws {
        var scene = try WriterScene(hoursEach: 24)
        try ask(&scene, 1, hour: 100, ends: false)
        #expect(kept(scene) == [96])
        let open = OpenQuestions.Item(
            lookup: TransactionID(high: 7, low: 1), entry: 2, keyHour: 96, aside: .held)
        try scene.restart(open: [open], hoursEach: 1)
        try ask(&scene, 2, hour: 200)
        #expect(kept(scene) == [96, 200])
    }

    /// The hours of which the switch has copies.
    private func kept(_ scene: WriterScene) -> [UInt64] {
        Set(scene.store.contents.epochs.values.filter { $0.own != nil }.map(\.hour)).sorted()
    }
}
