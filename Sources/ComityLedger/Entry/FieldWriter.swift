/// Writes fields one after the other and numbers them.
struct FieldWriter {
    private(set) var cbor: CBORWriter
    private var key: UInt64 = 0

    init(count: Int) {
        cbor = CBORWriter(reserving: LedgerEntry.maximumLength)
        cbor.map(count)
    }

    private mutating func begin() {
        cbor.unsigned(key)
        key += 1
    }

    mutating func unsigned(_ value: UInt64) {
        begin()
        cbor.unsigned(value)
    }

    mutating func unsigned(_ value: UInt64?) {
        begin()
        if let value { cbor.unsigned(value) } else { cbor.null() }
    }

    mutating func bool(_ value: Bool) {
        begin()
        cbor.bool(value)
    }

    mutating func text(_ value: String) {
        begin()
        cbor.text(value)
    }

    mutating func text(_ value: String?) {
        begin()
        if let value { cbor.text(value) } else { cbor.null() }
    }

    /// A text that stands for a reason or a role: a stable word, never free text, so that no value of a message
    /// can slip in.
    mutating func word(_ value: String) throws(EntryError) {
        guard isWord(value) else { throw EntryError(.wrongForm, field: key) }
        text(value)
    }

    mutating func name(_ value: some RandomName) {
        begin()
        withUnsafeBytes(of: (value.high.bigEndian, value.low.bigEndian)) { cbor.byteString($0) }
    }

    mutating func name(_ value: (some RandomName)?) {
        guard let value else {
            begin()
            return cbor.null()
        }
        name(value)
    }

    mutating func hash(_ value: LedgerHash) {
        begin()
        cbor.hash(value)
    }

    mutating func hash(_ value: LedgerHash?) {
        begin()
        if let value { cbor.hash(value) } else { cbor.null() }
    }

    mutating func texts(_ values: [String]) {
        begin()
        cbor.array(values.count)
        for value in values { cbor.text(value) }
    }

    mutating func facts(_ values: [EntryFact]) {
        begin()
        cbor.array(values.count)
        for value in values { value.write(to: &cbor) }
    }
}
