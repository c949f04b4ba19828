/// The sender's own reference of one to ten printable ASCII characters, returned unchanged with the answer.
///
/// Source: Nlets guide, examples of message headers; it is written after an asterisk, with a closing period.
public struct ControlField: Hashable, Sendable {
    /// The ASCII bytes, without the asterisk and the period.
    public let bytes: [UInt8]

    /// The largest number of characters.
    public static let maximumLength = 10

    /// `nil` if empty, too long, or holding a period, a control character or a byte above ASCII.
    public init?(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard (1...Self.maximumLength).contains(bytes.count) else { return nil }
        guard bytes.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: ".") }) else { return nil }
        self.bytes = bytes
    }

    /// Reads a string, with the same rule.
    public init?(_ text: String) { self.init(text.utf8) }
}

extension ControlField: LosslessStringConvertible, Codable {
    /// The characters.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    public init(from decoder: any Decoder) throws { self = try decoder.lossless("a control field") }

    public func encode(to encoder: any Encoder) throws { try encoder.lossless(self) }
}
