/// A signed statement of a ledger's size and root: a checkpoint in a signed note.
///
/// A dated seal carries a second signature of the same key under the switch's name, over the time and the checkpoint
/// (C2SP tlog-cosignature), because the text of a checkpoint has no place for a time.
public struct Seal: Hashable, Sendable {
    public let ledger: LedgerName
    public let size: UInt64
    public let root: LedgerHash
    /// Seconds since 1970 at which the switch says that this was its newest state; `nil` for a seal without a date.
    public let time: UInt64?
    /// The note as it is written down, with every signature.
    public let note: SignedNote

    /// Signs the state of a ledger.
    ///
    /// - Parameter time: seconds since 1970; `nil` for a seal without a date, which costs one signature instead of two.
    public init(
        _ ledger: LedgerName, size: UInt64, root: LedgerHash, time: UInt64? = nil, key: some SealingKey
    ) throws {
        let text = Checkpoint(origin: ledger.description, size: size, root: root).text
        let verifier = key.verifierKey(of: ledger)
        var signatures = [
            SignedNote.Signature(name: verifier.name, id: verifier.id, bytes: try key.sign(Array(text.utf8)))
        ]
        if let time, let dating = verifier.dating {
            let stamp = withUnsafeBytes(of: time.bigEndian, Array.init)
            signatures.append(
                SignedNote.Signature(
                    name: dating.name, id: dating.id,
                    bytes: stamp + (try key.sign(Cosignature.message(time: time, text: text)))))
        }
        self.ledger = ledger
        self.size = size
        self.root = root
        self.time = time
        note = SignedNote(text: text, signatures: signatures)
    }

    /// Reads a seal and checks its signatures.
    ///
    /// - Parameter key: of this one ledger; a seal of another ledger of the same switch is refused.
    public init(_ bytes: [UInt8], key: VerifierKey) throws(NoteError) {
        let note = try SignedNote(bytes)
        try note.verify(key)
        let checkpoint = try Checkpoint(text: note.text)
        guard checkpoint.origin == key.name, let ledger = LedgerName(checkpoint.origin) else {
            throw .otherOrigin
        }
        guard checkpoint.size > 0 || checkpoint.root == Merkle.emptyRoot else { throw .hash }
        self.ledger = ledger
        size = checkpoint.size
        root = checkpoint.root
        time = if let dating = key.dating { try Cosignature.time(of: note, by: dating) } else { nil }
        self.note = note
    }

    /// As it is written down.
    public var bytes: [UInt8] { Array(note.description.utf8) }
}

extension VerifierKey {
    /// The same key as it dates seals: under the name of the switch, which comes first in a ledger's name.
    public var dating: VerifierKey? {
        guard let ledger = LedgerName(name) else { return nil }
        return renamed(ledger.switchName, purpose: .cosignature)
    }
}
