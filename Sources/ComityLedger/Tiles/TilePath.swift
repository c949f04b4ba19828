/// The name of one tile or entry bundle, as C2SP tlog-tiles has it: `tile/0/x001/x234/067.p/12`.
public struct TilePath: Hashable, Sendable {
    /// What the file holds.
    public enum Kind: Hashable, Sendable {
        /// Hashes. Those of level 0 are leaves, those of each level above the roots of full tiles below.
        case hashes(level: UInt8)
        /// The entries themselves.
        case entries
    }

    public let kind: Kind
    /// Counted from the left on its level.
    public let index: UInt64
    /// How many hashes or entries: 1 to 256.
    public let width: Int

    /// How many hashes or entries a full one has.
    public static let fullWidth = 256

    /// `nil` unless the level is 0 to 63 and the width 1 to 256.
    public init?(_ kind: Kind, index: UInt64, width: Int = fullWidth) {
        guard (1...Self.fullWidth).contains(width) else { return nil }
        if case .hashes(let level) = kind, level > 63 { return nil }
        self.kind = kind
        self.index = index
        self.width = width
    }

    /// For a place that is known to be one.
    init(_ kind: Kind, _ index: UInt64, _ width: Int) {
        self.kind = kind
        self.index = index
        self.width = width
    }

    public var isFull: Bool { width == Self.fullWidth }

    /// The same place with all of its hashes or entries.
    public var full: TilePath { TilePath(kind, index, Self.fullWidth) }
}

extension TilePath: LosslessStringConvertible {
    public var description: String {
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1000)
            let group = String(repeating: "0", count: 3 - digits.count) + digits
            groups.append(groups.isEmpty ? group : "x" + group)
            rest /= 1000
        } while rest > 0
        let place = groups.reversed().joined(separator: "/") + (isFull ? "" : ".p/\(width)")
        return switch kind {
        case .hashes(let level): "tile/\(level)/\(place)"
        case .entries: "tile/entries/\(place)"
        }
    }

    /// Reads a path, and only in the form in which it is written.
    public init?(_ text: String) {
        var parts = text.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).map(Array.init)
        guard parts.count >= 3, parts[0] == Array("tile".utf8) else { return nil }
        if parts[1] == Array("entries".utf8) {
            kind = .entries
        } else {
            guard let level = try? Decimal.number(parts[1]), level <= 63 else { return nil }
            kind = .hashes(level: UInt8(level))
        }
        parts.removeFirst(2)
        if parts.count >= 2, parts[parts.count - 2].suffix(2) == Array(".p".utf8) {
            guard let width = try? Decimal.number(parts.removeLast()), (1...255).contains(width) else {
                return nil
            }
            self.width = Int(width)
            parts[parts.count - 1].removeLast(2)
        } else {
            width = Self.fullWidth
        }
        guard let index = Self.index(parts) else { return nil }
        self.index = index
    }

    private static func index(_ groups: [[UInt8]]) -> UInt64? {
        // `x000` at the front would give one tile two names.
        guard let last = groups.last, groups.count == 1 || groups[0] != Array("x000".utf8) else { return nil }
        var index: UInt64 = 0
        for group in groups.dropLast().map({ $0.first == 0x78 ? $0.dropFirst() : [] }) + [last[...]] {
            guard group.count == 3, group.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            let value = group.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - 0x30) }
            let (thousands, isTooLarge) = index.multipliedReportingOverflow(by: 1000)
            let (sum, isTooLargeToo) = thousands.addingReportingOverflow(value)
            guard !isTooLarge, !isTooLargeToo else { return nil }
            index = sum
        }
        return index
    }
}
