import ComityLedger
import ComityTestSupport
import Testing

@Suite("Envelopes") struct EnvelopeTests {
    private let place = BodyPlace(
        .question, ledger: LedgerName("hub/lane/WA/2026")!, transaction: TransactionID(high: 1, low: 2))
    private let body = Array("DQ.CO0010100.WA.*A1.TXT OLN/X0000001".utf8)
    private let recordKey = [UInt8](repeating: 9, count: 32)

    private func epoch(_ id: UInt64, _ holder: EpochHolder) -> EpochKey {
        EpochKey(id: id, holder: holder, hour: 495_000, key: [UInt8](repeating: UInt8(id), count: 32))!
    }

    @Test("a body opens with the key of any of its epochs, and with no other")
    func opens() throws {
        let (owner, requester) = (epoch(1, .owner("WA")), epoch(2, .requester("CO")))
        let sealed = try Envelope.seal(body, at: place, recordKey: recordKey, under: [owner, requester])
        for key in [owner, requester] {
            #expect(try Envelope.open(sealed, at: place) { $0 == key.id ? key : nil } == body)
        }
        #expect(try Envelope.epochs(of: sealed) == [1, 2])
        #expect(throws: SealError.otherKey) { try Envelope.open(sealed, at: place) { _ in nil } }
        let other = EpochKey(
            id: 1, holder: .owner("WA"), hour: 1, key: [UInt8](repeating: 77, count: 32))!
        #expect(throws: SealError.damaged) { try Envelope.open(sealed, at: place) { _ in other } }
    }

    @Test("one changed bit anywhere, or another place, and it does not open")
    func changed() throws {
        let owner = epoch(1, .owner("WA"))
        let sealed = try Envelope.seal(body, at: place, recordKey: recordKey, under: [owner])
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: SealError.self) {
                try Envelope.open(changed, at: place) { $0 == owner.id ? owner : nil }
            }
        }
        var elsewhere = place
        elsewhere.transaction = TransactionID(high: 1, low: 3)
        #expect(throws: SealError.damaged) { try Envelope.open(sealed, at: elsewhere) { _ in owner } }
    }

    @Test("bytes that are no envelope are refused, however they are cut")
    func cut() throws {
        let owner = epoch(1, .owner("WA"))
        let sealed = try Envelope.seal(body, at: place, recordKey: recordKey, under: [owner])
        for count in 0..<sealed.count {
            #expect(throws: SealError.self) {
                try Envelope.open(Array(sealed.prefix(count)), at: place) { _ in owner }
            }
        }
        var random = Seeded(5)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...3, using: &random)
            }
            #expect(throws: SealError.self) { try Envelope.open(bytes, at: place) { _ in owner } }
        }
    }

    @Test("an epoch key opens for each of its recipients, and for nobody else")
    func recipients() throws {
        let secrets = [RecipientSecret(), RecipientSecret()]
        let key = epoch(3, .owner("WA"))
        let wrapped = try WrappedEpoch(
            key, for: [(.owner, secrets[0].recipient), (.auditor, secrets[1].recipient)])
        let stored = try WrappedEpoch(
            id: wrapped.id, holder: wrapped.holder, hour: wrapped.hour, encodedWraps: wrapped.encodedWraps)
        #expect(stored == wrapped)
        let sealed = try Envelope.seal(body, at: place, recordKey: recordKey, under: [key])
        for secret in secrets {
            let opened = try stored.open(with: secret)
            #expect(try Envelope.open(sealed, at: place) { $0 == opened.id ? opened : nil } == body)
        }
        #expect(throws: SealError.otherKey) { try stored.open(with: RecipientSecret()) }
    }

    @Test("a wrapped key that was put under another holder, hour or id does not open")
    func moved() throws {
        let secret = RecipientSecret()
        let wrapped = try WrappedEpoch(epoch(3, .owner("WA")), for: [(.owner, secret.recipient)])
        for (id, holder, hour) in [
            (4, EpochHolder.owner("WA"), 495_000), (3, .owner("OR"), 495_000), (3, .owner("WA"), 495_001),
            (3, .requester("WA"), 495_000),
        ] {
            let moved = try WrappedEpoch(
                id: UInt64(id), holder: holder, hour: UInt64(hour), encodedWraps: wrapped.encodedWraps)
            #expect(throws: SealError.damaged) { try moved.open(with: secret) }
        }
    }
}
