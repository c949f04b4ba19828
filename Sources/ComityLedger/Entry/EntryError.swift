/// Why bytes are not an entry, or an entry cannot be written.
public struct EntryError: Error, Hashable, Sendable {
    /// What is wrong. The raw value is stable: the vectors in `Spec/ledger` and other implementations use it.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Not deterministic CBOR; `EntryError.cbor` says why.
        case notDeterministic = "not-deterministic"
        /// More than 1,024 bytes.
        case tooLarge = "too-large"
        /// Not a map.
        case notAMap = "not-a-map"
        /// A format version that this program does not know.
        case unknownVersion = "unknown-version"
        /// An entry type that this format version does not have.
        case unknownType = "unknown-type"
        /// A field that this type does not have.
        case unknownField = "unknown-field"
        /// A field that this type must have is not there.
        case missingField = "missing-field"
        /// A field holds an item of the wrong CBOR type.
        case wrongType = "wrong-type"
        /// A hash that is not 32 bytes long, or a random name that is not 16.
        case wrongLength = "wrong-length"
        /// A number outside the values that the field can have.
        case outOfRange = "out-of-range"
        /// A text that does not have the form of the field.
        case wrongForm = "wrong-form"
    }

    /// What is wrong.
    public let kind: Kind
    /// The number of the field, where it is one field's fault.
    public let field: UInt64?
    /// Why the bytes are not deterministic CBOR, where that is the fault.
    public let cbor: CBORError?

    public init(_ kind: Kind, field: UInt64? = nil) {
        self.kind = kind
        self.field = field
        cbor = nil
    }

    init(_ cbor: CBORError) {
        kind = .notDeterministic
        field = nil
        self.cbor = cbor
    }

    /// The stable name of the fault: the CBOR fault where there is one, else `kind`.
    public var code: String { cbor?.kind.rawValue ?? kind.rawValue }
}

extension EntryError: CustomStringConvertible {
    /// `ledger entry refused: wrong-length in field 9`. Never a value of the entry.
    public var description: String {
        if let cbor { return "ledger entry refused: \(cbor)" }
        return "ledger entry refused: \(kind.rawValue)" + (field.map { " in field \($0)" } ?? "")
    }
}
