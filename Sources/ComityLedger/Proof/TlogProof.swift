/// A proof that an entry stands in a sealed ledger, complete in itself: C2SP tlog-proof.
///
/// The entry itself travels as the extra data. It is not authenticated there; checking its hash against the proof is
/// what authenticates it.
public struct TlogProof: Hashable, Sendable {
    /// Anything; here the entry. `nil` if there is none.
    public let extra: [UInt8]?
    /// The entry, counted from 0.
    public let index: UInt64
    /// The hashes that tie it to the root, the nearest to the leaf first.
    public let hashes: [LedgerHash]
    /// The seal as it was given out.
    public let checkpoint: [UInt8]

    /// No tree has more levels.
    public static let hashesMost = 64
    private static let header = "c2sp.org/tlog-proof@v1"

    public init(extra: [UInt8]?, index: UInt64, hashes: [LedgerHash], checkpoint: [UInt8]) {
        self.extra = extra
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    /// The proof as it is written down.
    public var bytes: [UInt8] {
        var lines = [Self.header]
        if let extra { lines.append("extra " + Base64.text(extra)) }
        lines.append("index \(index)")
        lines += hashes.map { Base64.text($0.bytes) }
        return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint
    }

    /// Reads a proof. Never traps, whatever the bytes; says nothing about whether it is true.
    public init(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= SignedNote.bytesMost else { throw .tooLarge }
        guard let gap = bytes.indices.dropFirst().first(where: { bytes[$0] == 0x0A && bytes[$0 - 1] == 0x0A })
        else { throw .proofLine }
        checkpoint = Array(bytes[(gap + 1)...])
        var lines = bytes[..<(gap - 1)].split(separator: 0x0A, omittingEmptySubsequences: false)[...]
        guard lines.popFirst()?.elementsEqual(Self.header.utf8) == true else { throw .proofHeader }
        if let line = lines.first, line.starts(with: "extra ".utf8) {
            lines.removeFirst()
            guard let extra = Base64.bytes(line.dropFirst(6)) else { throw .proofLine }
            self.extra = extra
        } else {
            extra = nil
        }
        guard let line = lines.popFirst(), line.starts(with: "index ".utf8) else { throw .proofLine }
        index = try Decimal.number(line.dropFirst(6))
        guard lines.count <= Self.hashesMost else { throw .proofLine }
        var hashes: [LedgerHash] = []
        for line in lines {
            guard let hash = Base64.bytes(line).flatMap({ LedgerHash($0) }) else { throw .hash }
            hashes.append(hash)
        }
        self.hashes = hashes
    }

    /// Checks the seal with the ledger's key, and that the entry stands in the sealed tree. Needs nothing else: no
    /// network, no ledger.
    ///
    /// - Returns: the seal and the entry.
    public func verify(_ key: VerifierKey, entry: [UInt8]? = nil) throws(NoteError) -> (
        seal: Seal, entry: [UInt8]
    ) {
        let seal = try Seal(checkpoint, key: key)
        guard let entry = entry ?? extra else { throw .notIncluded }
        guard
            Merkle.verifyInclusion(
                leafHash: Merkle.leafHash(entry), index: index, size: seal.size, proof: hashes,
                root: seal.root)
        else { throw .notIncluded }
        return (seal, entry)
    }
}
