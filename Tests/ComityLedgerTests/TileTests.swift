import ComityLedger
import ComityTestSupport
import Crypto
import Testing

@Suite("Tiles")
struct TileTests {
    private func entries() throws -> [[UInt8]] {
        (try Specification.load("tiles.json")["entries"] as? [String] ?? []).map(hexBytes)
    }

    @Test("Trees of the specification give its tiles, bundles and roots, byte for byte")
    func trees() throws {
        let entries = try entries()
        let cases = try Specification.cases("trees", in: "tiles.json")
        #expect(cases.count == 12)
        for one in cases {
            let size = one.number("size")
            let tiles = try Tiles(entries.prefix(Int(size)))
            let wanted = one["files"] as? [String: String] ?? [:]
            var found: [String: String] = [:]
            for (path, bytes) in tiles.files {
                found["\(path)"] = hexText(SHA256.hash(data: bytes))
                // Partial ones of smaller trees do not count.
                #expect(TilePath("\(path)") == path)
            }
            #expect(found == wanted, "size \(size)")
            #expect(tiles.root == one.hash("root"))
            var verification = TileVerification(size: size, root: one.hash("root"), source: tiles.memory)
            #expect(try verification.all() == [])
            var tree = TiledTree(size: size, source: tiles.memory)
            #expect(try tree.root() == one.hash("root"))
            #expect(try tree.frontier() == tiles.frontier)
        }
    }

    @Test("Proofs read from tiles are those of the specification")
    func proofs() throws {
        let tiles = try Tiles(entries()[...])
        let leaves = try entries().map { Merkle.leafHash($0) }
        var tree = TiledTree(size: 1000, source: tiles.memory)
        for one in try Specification.cases("inclusion", in: "tiles.json") {
            let (index, size) = (one.number("index"), one.number("size"))
            let proof = try tree.inclusionProof(index: index, size: size)
            #expect(proof == one.hashes("proof"))
            let root = try tree.root(size: size)
            #expect(
                Merkle.verifyInclusion(
                    leafHash: leaves[Int(index)], index: index, size: size, proof: proof, root: root))
        }
        for one in try Specification.cases("consistency", in: "tiles.json") {
            let (old, new) = (one.number("from"), one.number("to"))
            let proof = try tree.consistencyProof(from: old, to: new)
            #expect(proof == one.hashes("proof"))
            #expect(
                Merkle.verifyConsistency(
                    from: old, root: try tree.root(size: old), to: new, root: try tree.root(size: new),
                    proof: proof))
        }
    }

    @Test("Sizes have the tiles that the specification says, also those too large to build")
    func shapes() throws {
        for one in try Specification.cases("shapes", in: "tiles.json") {
            let shape = TileShape(size: one.number("size"))
            let levels = one["levels"] as? [[String: Any]] ?? []
            #expect(Int(shape.levels) == levels.count)
            for level in levels {
                let (number, full) = (UInt8(level.number("level")), level.number("full"))
                #expect(shape.hashes(number) >> 8 == full)
                #expect(shape.width(number, full) == Int(level.number("partial")))
                #expect(
                    shape.tile(number, full)?.width
                        == (level.number("partial") == 0 ? nil : Int(level.number("partial"))))
                #expect(shape.tile(number, full + 1) == nil)
                if full > 0 { #expect(shape.tile(number, full - 1)?.isFull == true) }
            }
        }
        #expect(TileShape(size: 0).levels == 0)
        #expect(TileShape(size: .max).levels == 8)
        #expect(TileShape(size: .max).tiles(7) == 1)
    }

    @Test("Paths are read and written in one form only")
    func paths() throws {
        for one in try Specification.cases("paths", in: "tiles.json") {
            let path = try #require(TilePath(one.string("path")), "\(one)")
            #expect("\(path)" == one.string("path"))
            #expect(path.index == one.number("index"))
            #expect(path.width == Int(one.number("width")))
            let level = one["level"] as? Int
            #expect(path.kind == (level.map { .hashes(level: UInt8($0)) } ?? .entries))
        }
        for text in try Specification.load("tiles.json")["badPaths"] as? [String] ?? [] {
            #expect(TilePath(text) == nil, "\(text)")
        }
    }

    @Test("A bundle has as many entries as its name says and nothing behind them")
    func bundles() throws {
        let cases = try Specification.cases("badBundles", in: "tiles.json")
        #expect(cases.count == 7)
        for one in cases {
            #expect(EntryBundle.entries(one.bytes("hex"), width: Int(one.number("width"))) == nil)
            #expect(EntryBundle.leafHashes(one.bytes("hex"), width: Int(one.number("width"))) == nil)
        }
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        for _ in 0..<200 {
            let entries = (0..<(1 + random.below(256))).map { _ in random.bytes(random.below(40)) }
            var bundle: [UInt8] = []
            for entry in entries { #expect(EntryBundle.append(entry, to: &bundle)) }
            #expect(EntryBundle.entries(bundle, width: entries.count) == entries, "seed \(seed)")
            #expect(
                EntryBundle.leafHashes(bundle, width: entries.count) == entries.map { Merkle.leafHash($0) })
        }
        var bundle: [UInt8] = []
        #expect(!EntryBundle.append([UInt8](repeating: 0, count: 65_536), to: &bundle))
        #expect(bundle.isEmpty)
    }

    @Test("Tiles made in two parts are those made in one")
    func resumed() throws {
        let entries = try entries()
        for (first, all) in [(0, 300), (1, 2), (255, 257), (256, 300), (300, 600), (512, 1000), (1000, 1000)]
        {
            var tiles = try Tiles(entries.prefix(first))
            var builder = try #require(
                try TileBuilder(resuming: UInt64(first), keepsEntries: true, from: tiles.memory))
            #expect(builder.root == tiles.root)
            for entry in entries[first..<all] { try builder.append(entry) { tiles.files[$0] = $1 } }
            try builder.partials { tiles.files[$0] = $1 }
            let whole = try Tiles(entries.prefix(all))
            #expect(builder.root == whole.root)
            for (path, bytes) in whole.files { #expect(tiles.files[path] == bytes) }
        }
        let none = try TileBuilder(resuming: 300, keepsEntries: true, from: MemoryTiles())
        #expect(none == nil)
    }

    @Test("A tree over missing or short tiles says which, and never traps on any place")
    func missing() throws {
        var tiles = try Tiles(entries()[...])
        let path = TilePath("tile/0/001")!
        tiles.files[path] = nil
        var tree = TiledTree(size: 1000, source: tiles.memory)
        #expect(throws: TileError.missing(path)) { try tree.inclusionProof(index: 300) }
        tiles.files[path] = [1, 2, 3]
        var short = TiledTree(size: 1000, source: tiles.memory)
        #expect(throws: TileError.wrongLength(path)) { try short.inclusionProof(index: 300) }
        var random = Seeded(1)
        for _ in 0..<2000 {
            let node = MerkleNode(level: UInt64(random.below(80)), index: random.number())
            _ = try? tree.hash(of: node)
            _ = try? tree.inclusionProof(index: random.number(), size: random.number())
        }
        #expect(throws: MerkleProofError.outsideTheTree) { try tree.root(size: 1001) }
    }

    @Test("Any bytes are read as a path or bundle, or refused, and never trap")
    func garbage() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        let parts = [
            "tile", "/", "entries", "x", "000", "001", ".p", "/", "12", "0", "é", "-", "18446744073709551615",
        ]
        for _ in 0..<5000 {
            let text = (0..<random.below(12)).map { _ in parts.randomElement(using: &random)! }.joined()
            if let path = TilePath(text) { #expect("\(path)" == text, "seed \(seed)") }
            _ = EntryBundle.entries(random.bytes(random.below(60)), width: random.below(257))
            _ = HashTile(random.bytes(random.below(100)), width: random.below(5))
        }
    }
}

/// The tiles of a few entries, in memory.
struct Tiles {
    var files: [TilePath: [UInt8]] = [:]
    let root: LedgerHash
    let frontier: MerkleFrontier

    var memory: MemoryTiles { MemoryTiles(files) }

    init(_ entries: ArraySlice<[UInt8]>) throws {
        var (builder, files) = (TileBuilder(), [TilePath: [UInt8]]())
        for entry in entries { try builder.append(entry) { files[$0] = $1 } }
        try builder.partials { files[$0] = $1 }
        self.files = files
        root = builder.root
        frontier = builder.frontier
    }
}
