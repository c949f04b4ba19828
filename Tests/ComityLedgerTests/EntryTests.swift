import ComityLedger
import ComityTestSupport
import Foundation
import Testing

@Suite("Entries")
struct EntryTests {
    @Test("Every entry of the specification reads as its fields say, and writes back byte for byte")
    func vectors() throws {
        let cases = try Specification.cases("entries", in: "entries.json")
        var kinds: Set<String> = []
        for one in cases {
            let bytes = one.bytes("hex")
            let entry = try LedgerEntry(decoding: bytes)
            let expected = one["fields"] as? [String: Any] ?? [:]
            #expect(entry.kind.rawValue == one.string("kind"))
            #expect(
                NSDictionary(dictionary: entry.fieldsByName) == NSDictionary(dictionary: expected),
                "\(one.string("name"))")
            #expect(try entry.encode() == bytes, "\(one.string("name"))")
            #expect(Merkle.leafHash(bytes) == one.hash("leaf"))
            kinds.insert(entry.kind.rawValue)
        }
        #expect(kinds == Set(LedgerEntry.Kind.allCases.map(\.rawValue)))
    }

    @Test("Every refused encoding of the specification is refused with its code")
    func refused() throws {
        let cases = try Specification.cases("refused", in: "entries.json")
        #expect(cases.count > 25)
        for one in cases {
            let error = #expect(throws: EntryError.self, "\(one.string("name"))") {
                try LedgerEntry(decoding: one.bytes("hex"))
            }
            #expect(error?.code == one.string("code"), "\(one.string("name"))")
        }
    }

    @Test("Any entry is read again as it was written")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        for _ in 0..<3000 {
            let entry = random.entry()
            let bytes = try entry.encode()
            #expect(try LedgerEntry(decoding: bytes) == entry, "seed \(seed)")
            #expect(try CBOR(decoding: bytes).encode() == bytes, "seed \(seed)")
        }
    }

    @Test("An entry with one byte changed is refused or is another entry; reading never traps")
    func damaged() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        for _ in 0..<200 {
            let entry = random.entry()
            let good = try entry.encode()
            for place in good.indices {
                var bytes = good
                bytes[place] ^= UInt8(1 << random.below(8))
                guard let other = try? LedgerEntry(decoding: bytes) else { continue }
                #expect(try other.encode() == bytes, "seed \(seed)")
            }
            #expect(throws: EntryError.self) { try LedgerEntry(decoding: good.dropLast()) }
            #expect(throws: EntryError.self) { try LedgerEntry(decoding: good + [0]) }
        }
    }

    @Test("A question too large for an entry is not written")
    func tooLarge() throws {
        var random = Seeded(1)
        guard case .question(var question) = try questionVector() else { return }
        question.agency = String(repeating: "X", count: 1100)
        #expect(throws: EntryError(.tooLarge)) { try question.encode() }
        question.agency = "DXICE0100"
        question.facts = random.facts()
        #expect(try question.encode() == LedgerEntry.question(question).encode())
    }

    @Test("A reason that is not a word is not written, so that no part of a message slips in")
    func words() {
        let ledger = LedgerName("hub/operations")!
        for reason in ["", "Plate ABC123", "OLN/123", "123456789", String(repeating: "a", count: 65), "é"] {
            let entry = MessageEntry(ledger: ledger, time: 1, link: "wa-1", reason: reason, length: 10)
            #expect(throws: EntryError(.wrongForm, field: 6)) { try LedgerEntry.message(entry).encode() }
        }
    }

    @Test("The text of a refusal says where, and no value of the entry")
    func errorText() throws {
        var bytes = try questionVector().encode()
        bytes[1] = 1
        let error = #expect(throws: EntryError.self) { try LedgerEntry(decoding: bytes) }
        #expect(error?.description == "ledger entry refused: not deterministic CBOR at byte 3: duplicate-key")
    }

    private func questionVector() throws -> LedgerEntry {
        let cases = try Specification.cases("entries", in: "entries.json")
        let one = try #require(cases.first { $0.string("kind") == "question" })
        return try LedgerEntry(decoding: one.bytes("hex"))
    }
}
