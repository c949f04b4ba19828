/// A place in the tree of families, from the root down: `US.DHS.ICE.ERO`.
public struct FamilyPath: Hashable, Sendable {
    /// The text: one to eight parts of one to twelve capitals or digits, joined by periods.
    private let text: String

    /// The largest number of parts.
    public static let maximumDepth = 8
    /// The largest number of characters of one part.
    public static let maximumPartLength = 12

    /// Reads a path; `nil` if a part is empty, too long or holds another character, or if there are too many.
    public init?(_ text: String) {
        var depth = 1
        var length = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                length += 1
            case UInt8(ascii: "."):
                guard length > 0 else { return nil }
                depth += 1
                length = 0
            default:
                return nil
            }
            guard length <= Self.maximumPartLength, depth <= Self.maximumDepth else { return nil }
        }
        guard length > 0 else { return nil }
        self.text = text
    }

    private init(known text: String) { self.text = text }

    /// The parts, the root first.
    public var components: [String] { text.split(separator: ".").map(String.init) }

    /// The family above; `nil` at a root.
    public var parent: FamilyPath? {
        text.lastIndex(of: ".").map { FamilyPath(known: String(text[..<$0])) }
    }

    /// Whether it is `ancestor` or lies below it. `US.DHSX` is not within `US.DHS`.
    public func isWithin(_ ancestor: FamilyPath) -> Bool {
        let own = text.utf8
        let other = ancestor.text.utf8
        guard own.starts(with: other) else { return false }
        return own.count == other.count || own.dropFirst(other.count).first == UInt8(ascii: ".")
    }
}

extension FamilyPath: LosslessStringConvertible, Comparable, Codable {
    /// The parts, joined by periods.
    public var description: String { text }

    /// Alphabetical; a family comes before those below it.
    public static func < (a: FamilyPath, b: FamilyPath) -> Bool { a.text < b.text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let path = FamilyPath(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "`\(text)` is not a family such as US.DHS.ICE")
        }
        self = path
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// One family of agencies: a department, component, branch or office.
public struct Family: Hashable, Sendable {
    /// Its place in the tree.
    public let path: FamilyPath
    /// Its name.
    public let name: String
    /// The families directly below it, in alphabetical order.
    public let children: [FamilyPath]
}
