import ComityLedger
import ComityTestSupport
import Testing

@Suite("Sealing")
struct SealerTests {
    private let sealer = SwitchKeySealer(key: [UInt8](repeating: 7, count: 32))!
    private let nonce = SealNonce((0..<24).map { UInt8($0) })!
    private let place = BodyPlace(
        .question, ledger: LedgerName("hub/lane/WA/2026")!, transaction: TransactionID(high: 1, low: 2))

    @Test("What was sealed opens at its place, and shows nothing of itself")
    func opens() throws {
        let body = Array("NAM/DOE,MADE UP".utf8)
        let sealed = try sealer.seal(body, at: place, nonce: nonce)
        #expect(try sealer.open(sealed, at: place) == body)
        #expect(sealed.count == body.count + 49)
        #expect(!hexText(sealed).contains(hexText("MADE UP".utf8)))
        #expect(try sealer.open(sealer.seal([], at: place, nonce: nonce), at: place) == [])
    }

    @Test("A body moved to another ledger, look-up or use does not open")
    func moved() throws {
        let sealed = try sealer.seal([1, 2, 3], at: place, nonce: nonce)
        var others = [place, place, place]
        others[0].ledger = LedgerName("hub/lane/OR/2026")!
        others[1].transaction = TransactionID(high: 1, low: 3)
        others[2].kind = .mail
        for other in others {
            #expect(throws: SealError.damaged) { try sealer.open(sealed, at: other) }
        }
    }

    @Test("One bit changed anywhere is found")
    func damaged() throws {
        let sealed = try sealer.seal([1, 2, 3], at: place, nonce: nonce)
        for bit in 0..<sealed.count * 8 {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: SealError.self) { try sealer.open(changed, at: place) }
        }
        for length in 0..<sealed.count {
            #expect(throws: SealError.self) { try sealer.open(Array(sealed[..<length]), at: place) }
        }
    }

    @Test("Another key is told apart from damage")
    func otherKey() throws {
        let other = try #require(SwitchKeySealer(key: [UInt8](repeating: 8, count: 32)))
        let sealed = try sealer.seal([1, 2, 3], at: place, nonce: nonce)
        #expect(throws: SealError.otherKey) { try other.open(sealed, at: place) }
        #expect(SwitchKeySealer(key: [1]) == nil)
    }

    @Test("Each byte of the nonce changes the ciphertext")
    func nonces() throws {
        let sealed = try sealer.seal([UInt8](repeating: 0, count: 32), at: place, nonce: nonce)
        for place in 0..<24 {
            var bytes = nonce.bytes
            bytes[place] ^= 1
            let other = try sealer.seal(
                [UInt8](repeating: 0, count: 32), at: self.place, nonce: SealNonce(bytes)!)
            #expect(other[33..<65] != sealed[33..<65])
        }
        #expect(SealNonce([UInt8](repeating: 0, count: 12)) == nil)
    }
}
