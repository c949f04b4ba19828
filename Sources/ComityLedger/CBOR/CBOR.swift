/// One CBOR item of the part that Comity uses: no floating-point numbers, no tags, no indefinite lengths.
///
/// For formats with a fixed shape `CBORWriter` and `CBORReader` are faster; this type is for looking at any item.
/// Two texts are equal here by Unicode's canonical equivalence, as everywhere in Swift: compare encodings where
/// bytes matter.
public indirect enum CBOR: Hashable, Sendable {
    case unsigned(UInt64)
    /// −1 − the number.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    case map([Pair])
    case bool(Bool)
    case null

    /// A key of a map and its value.
    public struct Pair: Hashable, Sendable {
        public var key: CBOR
        public var value: CBOR

        public init(_ key: CBOR, _ value: CBOR) {
            self.key = key
            self.value = value
        }
    }
}

extension CBOR {
    /// The deterministic encoding (RFC 8949, section 4.2.1). The order of a map's pairs does not matter.
    ///
    /// - Throws: `duplicate-key` if a map has the same key twice.
    public func encode() throws(CBORError) -> [UInt8] {
        var writer = CBORWriter(reserving: 64)
        try write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout CBORWriter) throws(CBORError) {
        switch self {
        case .unsigned(let value): writer.unsigned(value)
        case .negative(let value): writer.negative(value)
        case .bytes(let value): writer.byteString(value)
        case .text(let value): writer.text(value)
        case .bool(let value): writer.bool(value)
        case .null: writer.null()
        case .array(let items):
            writer.array(items.count)
            for item in items { try item.write(to: &writer) }
        case .map(let pairs):
            var encoded: [(key: [UInt8], value: CBOR)] = []
            for pair in pairs { encoded.append((try pair.key.encode(), pair.value)) }
            encoded.sort { $0.key.lexicographicallyPrecedes($1.key) }
            for (one, next) in zip(encoded, encoded.dropFirst()) where one.key == next.key {
                throw CBORError(.duplicateKey, at: writer.bytes.count)
            }
            writer.map(encoded.count)
            for pair in encoded {
                writer.raw(pair.key)
                try pair.value.write(to: &writer)
            }
        }
    }
}

extension CBOR {
    /// Reads one item that takes up all the bytes and is in deterministic form. Never traps.
    ///
    /// - Throws: what is wrong, and the byte at which it was seen.
    public init(decoding bytes: [UInt8], limits: CBORLimits = .standard) throws(CBORError) {
        var reader = try CBORReader(bytes, limit: limits.bytes)
        self = try CBOR(reading: &reader, depth: limits.depth)
        try reader.end()
    }

    /// - Parameter depth: how many arrays and maps may still be opened.
    private init(reading reader: inout CBORReader, depth: Int) throws(CBORError) {
        let start = reader.offset
        let (major, value) = try reader.head()
        if major == 4 || major == 5, depth <= 0 { throw CBORError(.tooDeep, at: start) }
        switch major {
        case 0: self = .unsigned(value)
        case 1: self = .negative(value)
        case 2: self = .bytes(Array(try reader.take(value)))
        case 3: self = .text(try reader.validText(value))
        case 4:
            var items: [CBOR] = []
            for _ in 0..<(try reader.count(value, bytesEach: 1)) {
                items.append(try CBOR(reading: &reader, depth: depth - 1))
            }
            self = .array(items)
        case 5:
            let count = try reader.count(value, bytesEach: 2)
            self = .map(try CBOR.pairs(count, reading: &reader, depth: depth - 1))
        case 6: throw CBORError(.tag, at: start)
        default:
            switch value {
            case 20: self = .bool(false)
            case 21: self = .bool(true)
            case 22: self = .null
            default: throw CBORError(.simpleValue, at: start)
            }
        }
    }

    private static func pairs(
        _ count: Int, reading reader: inout CBORReader, depth: Int
    ) throws(CBORError) -> [Pair] {
        var pairs: [Pair] = []
        var last: ArraySlice<UInt8>?
        for _ in 0..<count {
            let start = reader.offset
            let key = try CBOR(reading: &reader, depth: depth)
            let encoded = reader.bytes[start..<reader.offset]
            if let last, !last.lexicographicallyPrecedes(encoded) {
                throw CBORError(last == encoded ? .duplicateKey : .keyOrder, at: start)
            }
            last = encoded
            pairs.append(Pair(key, try CBOR(reading: &reader, depth: depth)))
        }
        return pairs
    }
}
