/// Why a text is not a signed note, checkpoint, key or proof. The raw value is stable.
public enum NoteError: String, Error, Hashable, Sendable, CaseIterable {
    /// Larger than such a text can be here.
    case tooLarge = "too-large"
    /// Not UTF-8, or with control characters.
    case notText = "not-text"
    /// No empty line before the signatures, or no signature.
    case noSignatures = "no-signatures"
    /// More signatures than are read.
    case tooManySignatures = "too-many-signatures"
    /// A signature line of another form.
    case signatureLine = "signature-line"
    /// The known key signed nothing.
    case unsigned
    /// The known key's signature is wrong.
    case wrongSignature = "wrong-signature"
    /// A name that is empty or has a blank or a plus in it.
    case keyName = "key-name"
    /// A verifier key of another form, or whose ID is not that of its name and key.
    case verifierKey = "verifier-key"
    /// Fewer than three lines, or an empty one.
    case checkpointLines = "checkpoint-lines"
    /// A number with leading zeroes, signs or too many digits.
    case number
    /// Not 32 bytes in base 64.
    case hash
    /// The first line of a proof is another one.
    case proofHeader = "proof-header"
    /// A line of a proof that has no place there.
    case proofLine = "proof-line"
    /// The checkpoint is that of another log than the key's.
    case otherOrigin = "other-origin"
    /// The leaf is not in the tree of the checkpoint.
    case notIncluded = "not-included"
}

extension NoteError: CustomStringConvertible {
    /// What is wrong, in words.
    public var description: String {
        switch self {
        case .tooLarge: "it is larger than such a text can be"
        case .notText: "it is not UTF-8 text without control characters"
        case .noSignatures: "it has no signatures behind an empty line"
        case .tooManySignatures: "it has more than \(SignedNote.signaturesMost) signatures"
        case .signatureLine: "one of its signature lines is not a dash, a name and base 64"
        case .unsigned: "the key that is asked for did not sign it"
        case .wrongSignature: "its signature is wrong: it was changed, or signed with another key"
        case .keyName: "a key's name is empty or has a blank or a plus in it"
        case .verifierKey:
            "the verifier key is not `<name>+<id>+<key>`, or its id is not that of its name and key"
        case .checkpointLines: "a checkpoint has three lines that are not empty: origin, size and root"
        case .number: "a number in it is not written in plain digits without leading zeroes"
        case .hash: "a hash in it is not 32 bytes in base 64"
        case .proofHeader: "its first line is not that of a proof"
        case .proofLine: "it has a line that has no place in a proof"
        case .otherOrigin: "it is about another log than the key"
        case .notIncluded: "the entry is not in the tree that the checkpoint seals"
        }
    }
}
