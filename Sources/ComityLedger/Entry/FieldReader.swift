/// Reads fields one after the other and insists on their numbers.
struct FieldReader {
    private var cbor: CBORReader
    private var key: UInt64

    init(_ cbor: CBORReader, next key: UInt64) {
        self.cbor = cbor
        self.key = key
    }

    /// - Throws: `trailing-bytes` unless everything has been read.
    func end() throws(EntryError) {
        do throws(CBORError) { try cbor.end() } catch { throw EntryError(error) }
    }

    /// Reads the number of the next field and then its value.
    private mutating func field<Value>(
        _ read: (inout CBORReader) throws(CBORError) -> Value
    ) throws(EntryError) -> Value {
        do throws(CBORError) {
            let found = try cbor.unsigned()
            if found == key {
                let value = try read(&cbor)
                key += 1
                return value
            }
        } catch {
            throw error.kind == .wrongType ? EntryError(.wrongType, field: key) : EntryError(error)
        }
        throw EntryError(.missingField, field: key)
    }

    /// Reads null, or a value.
    private mutating func optional<Value>(
        _ read: (inout CBORReader) throws(CBORError) -> Value
    ) throws(EntryError) -> Value? {
        try field { (cbor) throws(CBORError) -> Value? in try cbor.null() ? nil : try read(&cbor) }
    }

    /// The number of the field that was read last, for errors about its value.
    private func fault(_ kind: EntryError.Kind) -> EntryError { EntryError(kind, field: key - 1) }

    mutating func unsigned() throws(EntryError) -> UInt64 {
        try field { (cbor) throws(CBORError) in try cbor.unsigned() }
    }

    mutating func optionalUnsigned() throws(EntryError) -> UInt64? {
        try optional { (cbor) throws(CBORError) in try cbor.unsigned() }
    }

    /// A set of up to sixteen bits.
    mutating func bits() throws(EntryError) -> UInt16 {
        guard let bits = UInt16(exactly: try unsigned()) else { throw fault(.outOfRange) }
        return bits
    }

    /// A number that stands for one of a closed list.
    mutating func choice<Choice: RawRepresentable<UInt8>>() throws(EntryError) -> Choice {
        guard let raw = UInt8(exactly: try unsigned()), let choice = Choice(rawValue: raw) else {
            throw fault(.outOfRange)
        }
        return choice
    }

    mutating func bool() throws(EntryError) -> Bool {
        try field { (cbor) throws(CBORError) in try cbor.bool() }
    }

    mutating func text() throws(EntryError) -> String {
        try field { (cbor) throws(CBORError) in try cbor.text() }
    }

    mutating func optionalText() throws(EntryError) -> String? {
        try optional { (cbor) throws(CBORError) in try cbor.text() }
    }

    /// See `isWord`.
    mutating func word() throws(EntryError) -> String {
        let text = try text()
        guard isWord(text) else { throw fault(.wrongForm) }
        return text
    }

    mutating func ledgerName() throws(EntryError) -> LedgerName {
        guard let name = LedgerName(try text()) else { throw fault(.wrongForm) }
        return name
    }

    mutating func optionalLedgerName() throws(EntryError) -> LedgerName? {
        guard let text = try optionalText() else { return nil }
        guard let name = LedgerName(text) else { throw fault(.wrongForm) }
        return name
    }

    mutating func name<Name: RandomName>() throws(EntryError) -> Name {
        guard let name = try optionalName() as Name? else { throw fault(.wrongType) }
        return name
    }

    mutating func optionalName<Name: RandomName>() throws(EntryError) -> Name? {
        let bytes = try optional { (cbor) throws(CBORError) in try cbor.byteString() }
        guard let bytes else { return nil }
        guard let name = Name(bytes) else { throw fault(.wrongLength) }
        return name
    }

    mutating func hash() throws(EntryError) -> LedgerHash {
        guard let hash = try optionalHash() else { throw fault(.wrongType) }
        return hash
    }

    mutating func optionalHash() throws(EntryError) -> LedgerHash? {
        let bytes = try optional { (cbor) throws(CBORError) in try cbor.byteString() }
        guard let bytes else { return nil }
        guard let hash = LedgerHash(bytes) else { throw fault(.wrongLength) }
        return hash
    }

    mutating func texts() throws(EntryError) -> [String] {
        try field { (cbor) throws(CBORError) in
            var values: [String] = []
            for _ in 0..<(try cbor.array()) { values.append(try cbor.text()) }
            return values
        }
    }

    mutating func facts() throws(EntryError) -> [EntryFact] {
        try field { (cbor) throws(CBORError) in
            let count = try cbor.array()
            var values: [EntryFact] = []
            values.reserveCapacity(count)
            for _ in 0..<count { values.append(try EntryFact(reading: &cbor)) }
            return values
        }
    }
}
