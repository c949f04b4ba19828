import ComityLedger
import ComityTestSupport
import Foundation
import Testing

@Suite("Signed notes, seals and proofs")
struct NoteTests {
    private func key() throws -> VerifierKey {
        try #require(VerifierKey(try Specification.load("notes.json").string("key")))
    }

    private func sealingKey() throws -> MemorySealingKey {
        try #require(
            MemorySealingKey(secret: try Specification.cases("keys", in: "notes.json")[0].bytes("secret")))
    }

    private func code(_ work: () throws -> some Any) -> String? {
        do {
            _ = try work()
            return nil
        } catch {
            return (error as? NoteError)?.rawValue
        }
    }

    @Test("Verifier keys have the ids and texts of the specification, and no other text is one")
    func keys() throws {
        for one in try Specification.cases("keys", in: "notes.json") {
            let purpose = try #require(VerifierKey.Purpose(rawValue: UInt8(one.number("type"))))
            let secret = try #require(MemorySealingKey(secret: one.bytes("secret")))
            #expect(secret.publicKey == one.bytes("public"))
            let key = try #require(
                VerifierKey(name: one.string("name"), purpose: purpose, publicKey: secret.publicKey))
            #expect("\(key)" == one.string("text"))
            #expect(VerifierKey(one.string("text")) == key)
            #expect(hexText(withUnsafeBytes(of: key.id.bigEndian, Array.init)) == one.string("id"))
        }
        for text in try Specification.load("notes.json")["badKeys"] as? [String] ?? [] {
            #expect(VerifierKey(text) == nil, "\(text)")
        }
    }

    @Test("Good seals of the specification are read, with their dates")
    func good() throws {
        let file = try Specification.load("notes.json")
        let cases = try Specification.cases("good", in: "notes.json")
        #expect(cases.count == 7)
        for one in cases {
            let seal = try Seal(Array(one.string("note").utf8), key: key())
            #expect(seal.size == (one["size"] == nil ? file.number("size") : one.number("size")))
            #expect(seal.root == (one["root"] == nil ? file.hash("root") : one.hash("root")))
            #expect(seal.time == (one["time"] is Int ? one.number("time") : nil), "\(one.string("name"))")
            #expect(seal.note.description == one.string("note"))
        }
    }

    @Test("Bad seals of the specification are refused, each with its word")
    func bad() throws {
        let cases = try Specification.cases("bad", in: "notes.json")
        #expect(cases.count == 27)
        for one in cases {
            let found = code { try Seal(Array(one.string("note").utf8), key: key()) }
            #expect(found == one.string("code"), "\(one.string("name"))")
        }
        #expect(code { try SignedNote([0xFF, 0x0A, 0x0A]) } == "not-text")
        #expect(
            code { try SignedNote([UInt8](repeating: 0x61, count: SignedNote.bytesMost + 1)) } == "too-large")
    }

    @Test("A seal made here is the one of the specification, plain and dated")
    func made() throws {
        let file = try Specification.load("notes.json")
        let cases = try Specification.cases("good", in: "notes.json")
        let ledger = LedgerName("hub/lane/WA/2026")!
        for (one, time) in [(cases[0], nil), (cases[1], UInt64(1_790_000_000))] {
            let seal = try Seal(
                ledger, size: file.number("size"), root: file.hash("root"), time: time, key: sealingKey())
            let read = try Seal(seal.bytes, key: key())
            #expect(read == seal)
            // Signatures of this library are not the same every time; the text and the rest of the lines are.
            #expect(seal.note.text == one.string("note").components(until: "\n\n"))
            #expect(seal.bytes.count == one.string("note").utf8.count)
        }
    }

    @Test("Every byte of a dated seal changed, in every bit, is found")
    func everyBit() throws {
        let seal = try Seal(
            LedgerName("hub/lane/WA/2026")!, size: 300, root: .zero, time: 1_790_000_000, key: sealingKey())
        let key = try key()
        let bytes = seal.bytes
        for place in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[place] ^= 1 << bit
                // A changed name or id makes the date that of an unknown key, which is passed over: then it has no date.
                let read = try? Seal(changed, key: key)
                #expect(read == nil || read?.time == nil, "byte \(place), bit \(bit)")
            }
        }
        for length in bytes.indices {
            let read = try? Seal(Array(bytes[..<length]), key: key)
            #expect(read == nil || read?.time == nil)
        }
    }

    @Test("Proofs of the specification: the good are true, the bad are refused with their word")
    func proofs() throws {
        let key = try key()
        let good = try Specification.cases("good", in: "proofs.json")
        #expect(good.count == 8)
        for one in good {
            let bytes = Array(one.string("proof").utf8)
            let proof = try TlogProof(bytes)
            #expect(proof.bytes == bytes)
            let entry = one.bytes("entry")
            let (seal, proved) = try proof.verify(key, entry: one["extra"] as? Bool == true ? nil : entry)
            #expect(proved == entry)
            #expect(proof.index == one.number("index"))
            #expect(seal.ledger.description == "hub/lane/WA/2026")
        }
        let bad = try Specification.cases("bad", in: "proofs.json")
        #expect(bad.count == 17)
        for one in bad {
            let found = code { try TlogProof(Array(one.string("proof").utf8)).verify(key) }
            #expect(found == one.string("code"), "\(one.string("name"))")
        }
    }

    @Test("Every byte of a proof changed is found, or leaves what is proved as it was")
    func proofBytes() throws {
        let key = try key()
        let one = try Specification.cases("good", in: "proofs.json")[2]
        let bytes = Array(one.string("proof").utf8)
        let wanted = try TlogProof(bytes).verify(key)
        for place in bytes.indices {
            for flip: UInt8 in [0x01, 0x20, 0x80] {
                var changed = bytes
                changed[place] ^= flip
                guard let found = try? TlogProof(changed).verify(key) else { continue }
                // Only in the lines of the date, which may become those of an unknown key.
                #expect(found.entry == wanted.entry && found.seal.root == wanted.seal.root)
                #expect(found.seal.time == nil, "byte \(place)")
            }
        }
    }

    @Test("Any bytes are read as a note, a key or a proof, or refused, and never trap")
    func garbage() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        let key = try key()
        let good = Array(try Specification.cases("good", in: "proofs.json")[0].string("proof").utf8)
        for _ in 0..<5000 {
            var bytes = random.below(2) == 0 ? random.bytes(random.below(80)) : good
            if !bytes.isEmpty {
                let place = random.below(bytes.count)
                switch random.below(3) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(UInt8(random.below(256)), at: place)
                default: bytes.removeLast(place)
                }
            }
            if let proof = try? TlogProof(bytes) { _ = try? proof.verify(key) }
            if let note = try? SignedNote(bytes) { _ = try? Checkpoint(text: note.text) }
            _ = VerifierKey(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test("A seal follows an older one only with a proof, and never a larger, other or later one")
    func follows() throws {
        let (ledger, key) = (LedgerName("hub/lane/WA/2026")!, try sealingKey())
        let tree = MerkleTree(leafHashes: (0..<40).map { Merkle.leafHash([$0]) })
        func seal(_ size: UInt64, time: UInt64? = nil, of ledger: LedgerName = ledger) throws -> Seal {
            try Seal(ledger, size: size, root: tree.root(size: size), time: time, key: key)
        }
        let proof = try tree.consistencyProof(from: 10, to: 30)
        try seal(30, time: 6).follows(try seal(10, time: 5), proof: proof)
        #expect(throws: SealConflict.smaller) { try seal(10).follows(try seal(30), proof: []) }
        #expect(throws: SealConflict.otherHistory) { try seal(30).follows(try seal(10), proof: []) }
        #expect(throws: SealConflict.otherHistory) {
            try Seal(ledger, size: 10, root: .zero, key: key).follows(try seal(10), proof: [])
        }
        #expect(throws: SealConflict.earlier) {
            try seal(30, time: 4).follows(try seal(10, time: 5), proof: proof)
        }
        #expect(throws: SealConflict.otherLedger) {
            try seal(30, of: LedgerName("hub/lane/OR/2026")!).follows(try seal(10), proof: proof)
        }
    }
}

extension String {
    fileprivate func components(until mark: String) -> String {
        guard let end = range(of: mark) else { return self }
        return String(self[..<end.lowerBound]) + "\n"
    }
}
