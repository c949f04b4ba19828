/// Reads deterministic CBOR (RFC 8949, section 4.2.1) item by item and refuses every other form.
///
/// It never traps: a length is compared with what is left before anything is taken.
public struct CBORReader: Sendable {
    /// The bytes being read.
    public let bytes: [UInt8]
    /// The next byte to read.
    public private(set) var offset = 0

    /// - Throws: `too-large` if there are more bytes than `limit`.
    public init(_ bytes: [UInt8], limit: Int = CBORLimits.standard.bytes) throws(CBORError) {
        guard bytes.count <= limit else { throw CBORError(.tooLarge, at: limit) }
        self.bytes = bytes
    }

    /// Whether everything has been read.
    public var isAtEnd: Bool { offset == bytes.count }

    /// - Throws: `trailing-bytes` unless everything has been read.
    public func end() throws(CBORError) {
        if !isAtEnd { throw CBORError(.trailingBytes, at: offset) }
    }

    /// The first byte of the next item.
    public func peek() throws(CBORError) -> UInt8 {
        guard offset < bytes.count else { throw CBORError(.truncated, at: offset) }
        return bytes[offset]
    }

    /// The major type (0...7) and the number or length of the next item.
    mutating func head() throws(CBORError) -> (major: UInt8, value: UInt64) {
        let start = offset
        let first = try peek()
        let major = first >> 5
        let information = first & 31
        offset += 1
        if information < 24 { return (major, UInt64(information)) }
        switch information {
        case 24...27:
            if major == 7 { throw CBORError(information == 24 ? .simpleValue : .float, at: start) }
            let width = 1 << Int(information - 24)
            guard bytes.count - offset >= width else { throw CBORError(.truncated, at: bytes.count) }
            var value: UInt64 = 0
            for byte in bytes[offset..<offset + width] { value = value << 8 | UInt64(byte) }
            offset += width
            let least: UInt64 = width == 1 ? 24 : 1 << UInt64(width * 4)
            guard value >= least else { throw CBORError(.notShortest, at: start) }
            return (major, value)
        case 31: throw CBORError(.indefiniteLength, at: start)
        default: throw CBORError(.reserved, at: start)
        }
    }

    private mutating func head(of major: UInt8) throws(CBORError) -> UInt64 {
        let start = offset
        let (found, value) = try head()
        guard found == major else { throw CBORError(.wrongType, at: start) }
        return value
    }

    public mutating func unsigned() throws(CBORError) -> UInt64 { try head(of: 0) }

    public mutating func byteString() throws(CBORError) -> ArraySlice<UInt8> { try take(head(of: 2)) }

    public mutating func text() throws(CBORError) -> String { try validText(head(of: 3)) }

    /// Begins an array. The count is no more than the bytes that are left, so it is safe to reserve.
    public mutating func array() throws(CBORError) -> Int { try count(head(of: 4), bytesEach: 1) }

    /// Begins a map. The count of pairs is no more than half of the bytes that are left.
    public mutating func map() throws(CBORError) -> Int { try count(head(of: 5), bytesEach: 2) }

    public mutating func bool() throws(CBORError) -> Bool {
        let start = offset
        let value = try head(of: 7)
        guard value == 20 || value == 21 else { throw CBORError(.wrongType, at: start) }
        return value == 21
    }

    /// Takes a null if one comes next.
    public mutating func null() throws(CBORError) -> Bool {
        guard try peek() == 0xF6 else { return false }
        offset += 1
        return true
    }

    mutating func take(_ count: UInt64) throws(CBORError) -> ArraySlice<UInt8> {
        guard count <= UInt64(bytes.count - offset) else { throw CBORError(.truncated, at: bytes.count) }
        let slice = bytes[offset..<offset + Int(count)]
        offset += Int(count)
        return slice
    }

    mutating func validText(_ count: UInt64) throws(CBORError) -> String {
        let start = offset
        let bytes = try take(count)
        // Nearly every text is ASCII, for which the general check of UTF-8 costs more than the text.
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CBORError(.invalidText, at: start)
        }
        return text
    }

    /// A count of items that can still come, given that each takes at least `bytesEach` bytes.
    func count(_ value: UInt64, bytesEach: Int) throws(CBORError) -> Int {
        guard value <= UInt64((bytes.count - offset) / bytesEach) else {
            throw CBORError(.truncated, at: bytes.count)
        }
        return Int(value)
    }
}
