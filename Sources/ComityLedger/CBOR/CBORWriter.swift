/// Appends deterministic CBOR (RFC 8949, section 4.2.1) to an array of bytes.
///
/// This is the fast way for formats with a fixed shape: nothing is boxed. The caller writes as many items as the
/// header announced, and map keys in ascending order of their encoded bytes; for small unsigned keys that is the
/// order of the numbers. `CBOR.encode()` sorts by itself.
public struct CBORWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8]

    public init(reserving capacity: Int = 512) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    public mutating func unsigned(_ value: UInt64) { head(0, value) }

    /// Writes −1 − `value`.
    public mutating func negative(_ value: UInt64) { head(1 << 5, value) }

    public mutating func byteString(_ value: some Collection<UInt8>) {
        head(2 << 5, UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    public mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { utf8 in
            head(3 << 5, UInt64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    /// Begins an array; `count` items must follow.
    public mutating func array(_ count: Int) { head(4 << 5, UInt64(count)) }

    /// Begins a map; `count` pairs of key and value must follow.
    public mutating func map(_ count: Int) { head(5 << 5, UInt64(count)) }

    public mutating func bool(_ value: Bool) { bytes.append(value ? 0xF5 : 0xF4) }

    public mutating func null() { bytes.append(0xF6) }

    /// Appends an item that is already encoded.
    public mutating func raw(_ encoded: some Collection<UInt8>) { bytes.append(contentsOf: encoded) }

    mutating func hash(_ value: LedgerHash) {
        head(2 << 5, 32)
        Swift.withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }

    /// The first byte of an item and its number or length in the shortest form.
    @inline(__always)
    private mutating func head(_ major: UInt8, _ value: UInt64) {
        // Keys, null markers and most lengths are small.
        if value < 24 {
            bytes.append(major | UInt8(truncatingIfNeeded: value))
        } else {
            longHead(major, value)
        }
    }

    @inline(never)
    private mutating func longHead(_ major: UInt8, _ value: UInt64) {
        switch value {
        case ...0xFF:
            bytes.append(major | 24)
            bytes.append(UInt8(truncatingIfNeeded: value))
        case ...0xFFFF:
            bytes.append(major | 25)
            withUnsafeBytes(of: UInt16(truncatingIfNeeded: value).bigEndian) { bytes.append(contentsOf: $0) }
        case ...0xFFFF_FFFF:
            bytes.append(major | 26)
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).bigEndian) { bytes.append(contentsOf: $0) }
        default:
            bytes.append(major | 27)
            withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
        }
    }
}
