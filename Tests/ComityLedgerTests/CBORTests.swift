import ComityLedger
import ComityTestSupport
import Testing

@Suite("Deterministic CBOR")
struct CBORTests {
    @Test("Accepts every accepted vector, and writes it back byte for byte")
    func accepted() throws {
        let cases = try Specification.cases("accepted", in: "cbor.json")
        #expect(cases.count > 20)
        for one in cases {
            let bytes = one.bytes("hex")
            #expect(try CBOR(decoding: bytes).encode() == bytes, "\(one.string("name"))")
        }
    }

    @Test("Refuses every other form, with its code and the byte at which it was seen")
    func refused() throws {
        let cases = try Specification.cases("refused", in: "cbor.json")
        #expect(cases.count > 25)
        for one in cases {
            let error = #expect(throws: CBORError.self, "\(one.string("name"))") {
                try CBOR(decoding: one.bytes("hex"))
            }
            #expect(error?.kind.rawValue == one.string("code"), "\(one.string("name"))")
            #expect(error.map { UInt64($0.offset) } == one.number("offset"), "\(one.string("name"))")
        }
    }

    @Test("Sorts the keys of a map by their encoded bytes, and refuses a key twice")
    func sorting() throws {
        let map = CBOR.map([
            .init(.text("a"), .null), .init(.unsigned(100), .null), .init(.negative(0), .null),
            .init(.unsigned(10), .bool(true)),
        ])
        #expect(hexText(try map.encode()) == "a40af51864f620f66161f6")
        #expect(throws: CBORError.self) {
            try CBOR.map([.init(.unsigned(1), .null), .init(.unsigned(1), .null)]).encode()
        }
    }

    @Test("Keeps apart texts that only Unicode calls equal")
    func canonicalEquivalence() throws {
        let map = CBOR.map([.init(.text("e\u{301}"), .unsigned(1)), .init(.text("\u{E9}"), .unsigned(2))])
        let bytes = try map.encode()
        #expect(try CBOR(decoding: bytes).encode() == bytes)
    }

    @Test("Whatever is written is read again, and has one form")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        for _ in 0..<2000 {
            let item = random.item(depth: 4)
            let bytes = try item.encode()
            let read = try CBOR(decoding: bytes)
            #expect(try read.encode() == bytes, "seed \(seed)")
        }
    }

    @Test("Random and damaged bytes never trap, and what is accepted is in the one form")
    func garbage() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        var accepted = 0
        for round in 0..<40_000 {
            var bytes =
                round.isMultiple(of: 2) ? random.bytes(random.below(40)) : try random.item(depth: 3).encode()
            if !round.isMultiple(of: 2), !bytes.isEmpty {
                bytes[random.below(bytes.count)] = UInt8(random.below(256))
            }
            guard let item = try? CBOR(decoding: bytes) else { continue }
            accepted += 1
            #expect(try item.encode() == bytes, "seed \(seed)")
        }
        #expect(accepted > 100, "seed \(seed)")
    }

    @Test("Limits of length and depth hold")
    func limits() {
        let nested = [UInt8](repeating: 0x81, count: 60_000) + [0x80]
        #expect(throws: CBORError(.tooDeep, at: 16)) { try CBOR(decoding: nested) }
        #expect(throws: CBORError(.tooLarge, at: 10)) {
            try CBOR(decoding: [UInt8](repeating: 0, count: 11), limits: CBORLimits(bytes: 10, depth: 1))
        }
    }
}

extension Seeded {
    fileprivate mutating func item(depth: Int) -> CBOR {
        switch below(depth > 0 ? 8 : 6) {
        case 0: .unsigned(number())
        case 1: .negative(number())
        case 2: .bytes(bytes(below(30)))
        case 3: .text(text())
        case 4: .bool(below(2) == 0)
        case 5: .null
        case 6: .array((0..<below(5)).map { _ in item(depth: depth - 1) })
        default: .map((0..<below(5)).map { .init(.unsigned(UInt64($0 * 20)), item(depth: depth - 1)) })
        }
    }
}
