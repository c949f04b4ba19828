import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityStore
import ComityStoreSQLite
import Foundation
import Testing

@Suite("What waits without a number, on the disk") struct QueueRowTests {
    private let sealer = SwitchKeySealer(key: [UInt8](repeating: 7, count: 32))!
    private let operations = LedgerName("hub/operations")!

    /// The same on both stores.
    private func onBoth(_ body: (any Store) throws -> Void) throws {
        try body(MemoryStore())
        let folder = FileManager.default.temporaryDirectory.path + "/comity-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try SQLiteStore(path: folder + "/store.sqlite")
        try body(store)
        try store.close()
    }

    private func writer(_ store: any Store, open: [OpenQuestions.Item] = []) throws -> LedgerWriter {
        let recovered = try store.recover()
        return try LedgerWriter(
            store: store, sealer: sealer,
            epochs: EpochKeys(sealer: sealer, switchName: "hub", recipients: WriterScene.recipients),
            recovered: recovered, mail: try RecoveredMail(recovered, sealer: sealer, switchName: "hub"),
            open: open, switchName: "hub",
            fresh: FreshBytes { (0..<4096).map { _ in UInt8.random(in: 0...255) } })
    }

    private func message(_ id: UInt64, _ text: String) -> QueueItem {
        QueueItem(
            id: id, link: "tx", destination: Address("TX0010000")!, key: .am, priority: .normal,
            since: Timestamp(milliseconds: 5), until: Timestamp(milliseconds: 9), reason: .setAside,
            attempts: 8,
            content: .message(
                Relayed(
                    id: MessageID(high: 1, low: id), bytes: Array(text.utf8), form: .output,
                    received: Timestamp(milliseconds: 3), from: "co", isRepeat: true)))
    }

    private func question(_ number: UInt64, _ store: any Store) -> (draft: Draft, item: QueueItem) {
        let id = TransactionID(high: number, low: 0)
        let body = QuestionBody(
            salt: Salt([UInt8](repeating: 1, count: 32))!, raw: [1], link: "co", session: 1, sequence: number,
            control: nil, destination: "TX", receivedAt: 5)
        let hash = LedgerHash([UInt8](repeating: 3, count: 32))!
        let entry = QuestionEntry(
            ledger: LedgerName("hub/lane/TX/2026")!, time: 5, transaction: id,
            message: MessageID(high: 1, low: 1), agency: "CO0010100", key: "DQ", facts: [],
            versions: EntryVersions(taxonomy: hash, directory: hash, floor: hash, policy: nil),
            noDecisionOnFile: false, gate: .open, groups: 1, withheld: 0, deciding: [], matched: [],
            duties: [],
            body: body.commitment())
        let item = QueueItem(
            id: number, link: nil, destination: Address("TX")!, key: .dq, priority: .regional,
            since: Timestamp(milliseconds: 5), until: Timestamp(milliseconds: 9), reason: .service,
            content: .lookup(id))
        return (.question(entry, body, requester: nil, duplicateKey: nil), item)
    }

    @Test("an item comes back as it was, its text is unreadable in the row, and what went on is gone")
    func roundTrip() throws {
        try onBoth { store in
            var writer = try writer(store)
            var append = Append(number: 1)
            append.queued = [message(7, "PLEASE CALL"), message(8, "AND AGAIN")]
            _ = try writer.write([append])
            let recovered = try store.recover()
            #expect(try RecoveredQueue(recovered, sealer: sealer, switchName: "hub").items == append.queued)
            let sealed = recovered.queue.compactMap(\.row.sealed)
            #expect(!sealed.contains { String(decoding: $0, as: UTF8.self).contains("PLEASE") })
            var next = Append(number: 2)
            next.dequeued = [(7, nil), (8, nil)]
            _ = try writer.write([next])
            #expect(try store.recover().queue.isEmpty)
            #expect(try store.recover().lastQueued == 8, "a number is not given again")
        }
    }

    @Test("a row moved to the place of another does not open")
    func moved() throws {
        let store = MemoryStore()
        var writer = try writer(store)
        var append = Append(number: 1)
        append.queued = [message(7, "ONE")]
        _ = try writer.write([append])
        var recovered = try store.recover()
        recovered.queue[0].row.id = 8
        #expect(throws: SealError.damaged) {
            try RecoveredQueue(recovered, sealer: sealer, switchName: "hub")
        }
    }

    @Test("a look-up that waits does not keep recovery reading from its question on, and is not lost by that")
    func aside() throws {
        try onBoth { store in
            var writer = try writer(store)
            let (draft, item) = question(1, store)
            var append = Append(number: 1)
            append.drafts = [draft]
            append.queued = [item]
            _ = try writer.write([append])
            var recovered = try store.recover()
            #expect(recovered.recent.isEmpty, "recovery would read back to a question that waits for days")
            #expect(recovered.queue.compactMap(\.question?.id) == [2])
            #expect(try store.openQuestions().held == [2], "its envelope must not expire meanwhile")
            // It goes on: from now on recovery must find it among the entries.
            var next = Append(number: 2)
            next.dequeued = [(1, TransactionID(high: 1, low: 0))]
            _ = try writer.write([next])
            recovered = try store.recover()
            #expect(recovered.queue.isEmpty && recovered.recent.map(\.id) == [2])
        }
    }

    @Test("who let a held look-up through is read back as it was written, and a damaged row is an error")
    func approvals() throws {
        try onBoth { store in
            var writer = try writer(store)
            let (draft, _) = question(1, store)
            let approvals = [(1, "State desk"), (2, "State desk"), (3, "Desk of  two blanks")].map {
                number, desk in
                DeskApproval(
                    desk: desk, groups: FieldGroupSet(rawValue: UInt16(number)),
                    person: DeskApproval.Person(bytes: [UInt8](repeating: UInt8(number), count: 16)))
            }
            var append = Append(number: 1)
            append.drafts = [draft]
            append.held = [
                HeldState(
                    lookup: TransactionID(high: 1, low: 0), until: Timestamp(milliseconds: 9),
                    approvals: approvals)
            ]
            _ = try writer.write([append])
            let row = try #require(try store.recover().held.first).0
            #expect(try row.approvals.map(DeskApproval.init) == approvals)
            #expect(throws: StoreError.self) {
                _ = try DeskApproval(HeldRow.Approval(groups: 1, person: "none", desk: "State desk"))
            }
        }
    }

    @Test("a question that waits for a person and in the queue has two rows, and leaves them one by one")
    func twoRows() throws {
        try onBoth { store in
            var writer = try writer(store)
            let (draft, item) = question(1, store)
            var append = Append(number: 1)
            append.drafts = [draft]
            append.held = [
                HeldState(
                    lookup: TransactionID(high: 1, low: 0), until: Timestamp(milliseconds: 9), isDecided: true
                )
            ]
            append.queued = [item]
            _ = try writer.write([append])
            var next = Append(number: 2)
            next.dequeued = [(1, TransactionID(high: 1, low: 0))]
            _ = try writer.write([next])
            #expect(try store.recover().held.count == 1)
            #expect(try store.recover().recent.isEmpty)
            var last = Append(number: 3)
            last.releasedHeld = [TransactionID(high: 1, low: 0)]
            _ = try writer.write([last])
            #expect(try store.recover().held.isEmpty)
            #expect(try store.recover().recent.map(\.id) == [2])
        }
    }
}

@Suite("Broadcast lists") struct BroadcastFileTests {
    private func read(_ json: String) throws -> [ORI: BroadcastList] {
        let file = FileManager.default.temporaryDirectory.path + "/comity-\(UUID().uuidString.prefix(8)).json"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try Data(json.utf8).write(to: URL(fileURLWithPath: file))
        let data = try DataFolder.find()
        return try BroadcastFile.read(file, directory: data.directory(), tables: data.tables())
    }

    @Test("a list is read with its members, agencies and regions")
    func good() throws {
        let lists = try read(
            #"{"lists":[{"address":"DXLIST001","name":"desks","destinations":["WA","E1","CO0010100"]}]}"#)
        #expect(lists[ORI("DXLIST001")!]?.destinations.map(\.description) == ["WA", "E1", "CO0010100"])
    }

    @Test(
        "what cannot be used is said with the list and why",
        arguments: [
            (#"[{"address":"DXLIST001","name":"a","destinations":[]}]"#, "no destinations"),
            (#"[{"address":"CO0010100","name":"a","destinations":["WA"]}]"#, "that of an agency"),
            (#"[{"address":"DXLIST001","name":"a","destinations":["ZZ"]}]"#, "no member has the code"),
            (#"[{"address":"DXLIST001","name":"a","destinations":["DXLIST001"]}]"#, "another list"),
            (#"[{"address":"DXLIST001","name":"a","destinations":["DXLIST002"]}]"#, "does not know"),
            (
                #"[{"address":"DXLIST001","name":"a","destinations":["WA"]},{"address":"DXLIST001","name":"b","destinations":["WA"]}]"#,
                "stands there twice"
            ),
            (#"[{"address":"DXLIST001","name":"a","destinations":["NL","A1","B1","C1"]}]"#, "are the most"),
        ])
    func bad(_ lists: String, _ why: String) throws {
        let error = try #require(
            #expect(throws: ConfigurationError.self) { try read("{\"lists\":\(lists)}") })
        #expect("\(error)".contains(why))
    }
}
