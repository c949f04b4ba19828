/// The nine-character identifier of an agency or of a file ("agency ID"): capital letters and digits.
///
/// Positions 1 and 2 name a state, or for federal agencies the state where the terminal stands; nothing
/// else may be concluded from the characters. Who an agency is, only the directory says.
///
/// Source: Nlets guide, "Rules - ORION".
public struct ORI: Hashable, Sendable {
    /// The nine characters as digits in base 36, most significant first.
    @usableFromInline let packed: UInt64

    /// The number of characters of every ORI.
    public static let length = 9

    @usableFromInline init(packed: UInt64) { self.packed = packed }

    /// Reads nine ASCII bytes; `nil` if there are not exactly nine, or one is not `A`...`Z` or `0`...`9`.
    public init?(_ bytes: some Sequence<UInt8>) {
        guard let packed = Base36.pack(bytes, count: Self.length) else { return nil }
        self.packed = packed
    }

    /// Reads a string of nine characters, with the same rule.
    public init?(_ text: String) { self.init(text.utf8) }

    /// Appends the nine ASCII bytes.
    public func append(to bytes: inout [UInt8]) { Base36.append(packed, count: Self.length, to: &bytes) }

    /// The first two characters.
    public var prefix: MemberCode {
        var value = packed
        for _ in 0..<(Self.length - MemberCode.length) { value /= 36 }
        return MemberCode(packed: UInt16(value))
    }
}

/// The two-character code of a member (its line), for example `WA`; also of a region or service, as `NL`.
///
/// Source: Nlets guide, "Rules - ORION"; the table of codes is data, see `CodeTables`.
public struct MemberCode: Hashable, Sendable {
    @usableFromInline let packed: UInt16

    /// The number of characters of every member code.
    public static let length = 2

    @usableFromInline init(packed: UInt16) { self.packed = packed }

    /// Reads two ASCII bytes, `A`...`Z` or `0`...`9`; `nil` otherwise.
    public init?(_ bytes: some Sequence<UInt8>) {
        guard let packed = Base36.pack(bytes, count: Self.length) else { return nil }
        self.packed = UInt16(packed)
    }

    /// Reads a string of two characters, with the same rule.
    public init?(_ text: String) { self.init(text.utf8) }

    /// Appends the two ASCII bytes.
    public func append(to bytes: inout [UInt8]) {
        Base36.append(UInt64(packed), count: Self.length, to: &bytes)
    }
}

extension ORI: LosslessStringConvertible, Comparable, Codable {
    /// The nine characters.
    public var description: String { Base36.text(packed, count: Self.length) }

    /// Alphabetical order, digits first.
    public static func < (a: ORI, b: ORI) -> Bool { a.packed < b.packed }

    public init(from decoder: any Decoder) throws { self = try decoder.lossless("an agency ID (ORI)") }

    public func encode(to encoder: any Encoder) throws { try encoder.lossless(self) }
}

extension MemberCode: LosslessStringConvertible, Comparable, Codable {
    /// The two characters.
    public var description: String { Base36.text(UInt64(packed), count: Self.length) }

    /// Alphabetical order, digits first.
    public static func < (a: MemberCode, b: MemberCode) -> Bool { a.packed < b.packed }

    public init(from decoder: any Decoder) throws { self = try decoder.lossless("a member code") }

    public func encode(to encoder: any Encoder) throws { try encoder.lossless(self) }
}
