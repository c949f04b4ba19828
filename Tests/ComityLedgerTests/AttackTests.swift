import ComityLedger
import ComityTestSupport
import Testing

/// The attacks of docs/threat-model.md on a ledger that somebody outside holds a seal of.
@Suite("Attacks on a sealed ledger")
struct AttackTests {
    @Test("An honest ledger is sound, grown or not")
    func honest() throws {
        let (young, old) = (try AttackLedger(200), try AttackLedger(300))
        #expect(try old.audit(old.seal(), seen: [young.seal(), old.seal()]).findings == [])
        #expect(try AttackLedger([]).audit(AttackLedger([]).seal()).isSound)
    }

    @Test(
        "Entry altered: every byte of every file of a ledger of 300 entries, one after the other",
        arguments: 0..<4)
    func everyByte(quarter: Int) throws {
        let ledger = try AttackLedger(300)
        let seal = try ledger.seal()
        var tiles = ledger.tiles.memory
        var changed = 0
        for (path, bytes) in ledger.tiles.files {
            for place in bytes.indices where place % 4 == quarter {
                tiles.files[path]![place] ^= 1 << UInt8(place / 4 % 8)
                let isFound =
                    if place % 64 == quarter {
                        try !all(tiles, seal).isEmpty
                    } else {
                        try !findings(about: path, in: tiles, seal).isEmpty
                    }
                if !isFound { Issue.record("byte \(place) of \(path)") }
                tiles.files[path]![place] = bytes[place]
                changed += 1
            }
        }
        // Entries of some 250 bytes, two tiles of leaves and one above; the seal has a test of its own.
        #expect(changed > 15_000)
        #expect(try all(tiles, seal).isEmpty)
    }

    @Test("Entry altered: 10,000 random bits of a ledger of 20,000 entries")
    func randomBits() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        let ledger = try AttackLedger(20_000)
        let seal = try ledger.seal()
        var tiles = ledger.tiles.memory
        let paths = tiles.files.keys.sorted { "\($0)" < "\($1)" }
        for _ in 0..<10_000 {
            let path = paths[random.below(paths.count)]
            let place = random.below(tiles.files[path]!.count)
            let before = tiles.files[path]![place]
            tiles.files[path]![place] ^= 1 << UInt8(random.below(8))
            if try findings(about: path, in: tiles, seal).isEmpty {
                Issue.record("byte \(place) of \(path), seed \(seed)")
            }
            tiles.files[path]![place] = before
        }
        #expect(try all(tiles, seal).isEmpty)
    }

    private func all(_ tiles: MemoryTiles, _ seal: Seal) throws -> [TileFinding] {
        var verification = TileVerification(size: seal.size, root: seal.root, source: tiles)
        return try verification.all(stopsAtFirst: true)
    }

    /// What one file says is checked by the parts of the verification that read it, and by no others.
    private func findings(about path: TilePath, in tiles: MemoryTiles, _ seal: Seal) throws -> [TileFinding] {
        var verification = TileVerification(size: seal.size, root: seal.root, source: tiles)
        return switch path.kind {
        case .entries: try verification.tile(0, path.index)
        case .hashes(let level): try verification.tile(level, path.index) + verification.edge()
        }
    }

    @Test("Entry removed, added or repeated, with tiles made anew to fit")
    func removed() throws {
        let ledger = try AttackLedger(300)
        let seal = try ledger.seal()
        for position in [0, 1, 150, 255, 256, 299] {
            var entries = ledger.entries
            entries.remove(at: position)
            #expect(try !AttackLedger(entries).audit(seal).isSound)
            entries.insert(ledger.entries[(position + 1) % 300], at: position)
            #expect(try AttackLedger(entries).audit(seal).tiles.contains { $0.kind == .otherRoot })
            entries = ledger.entries
            entries.insert(entries[position], at: position)
            #expect(try !AttackLedger(entries).audit(seal).isSound)
        }
    }

    @Test("Entries reordered, with tiles made anew to fit")
    func reordered() throws {
        let ledger = try AttackLedger(300)
        let seal = try ledger.seal()
        for position in [0, 1, 100, 255, 298] {
            var entries = ledger.entries
            entries.swapAt(position, position + 1)
            #expect(try AttackLedger(entries).audit(seal).tiles.contains { $0.kind == .otherRoot })
        }
    }

    @Test("Files cut short, lengthened, missing or exchanged")
    func files() throws {
        let ledger = try AttackLedger(600)
        let seal = try ledger.seal()
        let paths = ledger.tiles.files.keys
        for path in paths {
            let whole = ledger.tiles.files[path]!
            let others = paths.filter { $0 != path }.compactMap { ledger.tiles.files[$0] }
            for bytes in [nil, [], whole.dropLast(), whole + [0], whole + whole] + others {
                guard bytes != whole else { continue }
                var tiles = ledger.tiles.memory
                tiles.files[path] = bytes
                #expect(try !SealedAudit(seal, source: tiles).isSound, "\(path)")
            }
        }
    }

    @Test("Ledger truncated to an older backup, with a seal made anew for it")
    func backup() throws {
        let (before, now) = (try AttackLedger(200), try AttackLedger(300))
        let audit = try before.audit(before.seal(time: 1_800_000_000), seen: [now.seal()])
        #expect(audit.conflicts == [.smaller])
        #expect(throws: SealConflict.smaller) { try before.seal().follows(now.seal(), proof: []) }
    }

    @Test("Fork: two histories from one key, grown from one beginning")
    func fork() throws {
        let (one, other) = (try AttackLedger(300), try AttackLedger(300, seed: 2))
        #expect(try other.audit(other.seal(), seen: [one.seal()]).conflicts == [.otherHistory])
        let longer = try AttackLedger(Array(one.entries.prefix(100)) + Array(other.entries[100..<300]))
        let older = try AttackLedger(Array(one.entries.prefix(200)))
        #expect(
            try longer.audit(longer.seal(), seen: [older.seal()]).report.findings.contains {
                $0.kind == .notAsSealed
            })
        var tree = TiledTree(size: 300, source: longer.tiles.memory)
        let proof = try tree.consistencyProof(from: 200)
        #expect(throws: SealConflict.otherHistory) { try longer.seal().follows(older.seal(), proof: proof) }
    }

    @Test("Replay: a seal, a proof or a closing shown a second time for something else")
    func replay() throws {
        let (before, now) = (try AttackLedger(200), try AttackLedger(300))
        // The old seal over the new files.
        #expect(
            try now.audit(before.seal()).tiles.contains { $0.kind == .otherRoot || $0.kind == .unreadable })
        // The seal of one ledger for another.
        let other = AttackLedger.key.verifierKey(of: LedgerName("hub/lane/OR/2026")!)
        #expect(throws: NoteError.self) { try Seal(now.seal().bytes, key: other) }
        // The proof of one entry for another.
        var tree = TiledTree(size: 300, source: now.tiles.memory)
        let proof = try TlogProof(
            extra: now.entries[7], index: 7, hashes: tree.inclusionProof(index: 7),
            checkpoint: now.seal().bytes)
        #expect(try proof.verify(now.verifierKey).entry == now.entries[7])
        #expect(throws: NoteError.notIncluded) { try proof.verify(now.verifierKey, entry: now.entries[8]) }
        // A closing repeated: whoever holds the key can seal it, and it is found all the same.
        let twice = try AttackLedger(now.entries + [now.entries[2]])
        let findings = try twice.audit(twice.seal(), seen: [now.seal()]).report.findings
        #expect(findings.contains { $0.kind == .noSuchQuestion && $0.position == 300 })
    }

    @Test("Clock moved: back within the ledger, or forward past the seal")
    func clock() throws {
        let ledger = try AttackLedger(300)
        let back = LedgerEntry.gap(
            GapEntry(
                ledger: AttackLedger.name, time: AttackLedger.start, since: 0, unfinished: 0, reason: "crash")
        )
        let moved = try AttackLedger(ledger.entries + [back.encode()])
        #expect(try moved.audit(moved.seal()).report.findings.map(\.kind) == [.timeGoesBack])
        let early = try ledger.seal(time: AttackLedger.start / 1000 - 60)
        #expect(try ledger.audit(early).report.findings.map(\.kind) == [.laterThanSealed])
        let seen = try ledger.seal(time: 1_900_000_000)
        #expect(try ledger.audit(ledger.seal(), seen: [seen]).conflicts == [.earlier])
    }

    @Test("Non-canonical encoding, sealed by whoever holds the key")
    func encoding() throws {
        let ledger = try AttackLedger(300)
        // The map of the entry's first field, 0: 1, with the 1 in two bytes instead of one.
        var entry = ledger.entries[299]
        let place = try #require(entry.firstIndex(of: 0x01))
        entry.replaceSubrange(place...place, with: [0x18, 0x01])
        let other = try AttackLedger(ledger.entries.dropLast() + [entry])
        let findings = try other.audit(other.seal()).report.findings
        #expect(findings.map(\.description) == ["entry 299: unreadable (not-shortest)"])
    }

    @Test("Signed with another key of the same name")
    func otherKey() throws {
        let ledger = try AttackLedger(10)
        let thief = try #require(MemorySealingKey(secret: [UInt8](repeating: 8, count: 32)))
        let seal = try Seal(AttackLedger.name, size: 10, root: ledger.tiles.root, key: thief)
        #expect(throws: NoteError.unsigned) { try Seal(seal.bytes, key: ledger.verifierKey) }
        // The id of the real key in front of the thief's signature.
        let forged = SignedNote(
            text: seal.note.text,
            signatures: [
                .init(
                    name: ledger.verifierKey.name, id: ledger.verifierKey.id,
                    bytes: seal.note.signatures[0].bytes)
            ])
        #expect(throws: NoteError.wrongSignature) {
            try Seal(Array(forged.description.utf8), key: ledger.verifierKey)
        }
    }
}
