/// The name of a ledger: `hub/lane/WA/2026`, `hub/control` or `hub/operations`.
public struct LedgerName: Hashable, Sendable {
    /// What a ledger is for.
    public enum Kind: Hashable, Sendable {
        /// Every look-up of one owner's data in one UTC year.
        case lane(owner: String, year: UInt64)
        /// Versions, keys and statistics of the switch, public in full.
        case control
        /// What is no look-up: refused ORIs, malformed input, changes of configuration. Private.
        case operations
    }

    /// The switch that keeps it.
    public let switchName: String
    public let kind: Kind
    /// The whole name. Kept ready, because every entry is written with it.
    public let description: String

    /// The longest name of a switch, so that names of ledgers stay a small part of an entry.
    public static let maximumSwitchLength = 32

    private init(switchName: String, kind: Kind, description: String) {
        self.switchName = switchName
        self.kind = kind
        self.description = description
    }

    /// The ledger of one owner and year.
    ///
    /// - Parameters:
    ///   - switchName: 1 to 32 lower-case letters, digits and hyphens.
    ///   - owner: the member code, two upper-case letters or digits.
    ///   - year: 1970 to 9999, in UTC.
    public init?(switch switchName: String, lane owner: String, year: Int) {
        guard Self.isSwitchName(switchName), Self.isOwner(owner), (1970...9999).contains(year) else {
            return nil
        }
        self.init(
            switchName: switchName, kind: .lane(owner: owner, year: UInt64(year)),
            description: "\(switchName)/lane/\(owner)/\(year)")
    }

    /// The control ledger of a switch. `nil` if the name of the switch is none.
    public init?(controlOf switchName: String) {
        guard Self.isSwitchName(switchName) else { return nil }
        self.init(switchName: switchName, kind: .control, description: "\(switchName)/control")
    }

    /// The operations ledger of a switch. `nil` if the name of the switch is none.
    public init?(operationsOf switchName: String) {
        guard Self.isSwitchName(switchName) else { return nil }
        self.init(switchName: switchName, kind: .operations, description: "\(switchName)/operations")
    }

    /// The owner whose look-ups it holds; `nil` for the other ledgers.
    public var owner: String? {
        if case .lane(let owner, _) = kind { owner } else { nil }
    }

    /// The UTC year that it holds; `nil` for the other ledgers.
    public var year: UInt64? {
        if case .lane(_, let year) = kind { year } else { nil }
    }

    public static func == (a: LedgerName, b: LedgerName) -> Bool { a.description == b.description }

    public func hash(into hasher: inout Hasher) { hasher.combine(description) }

    private static func isSwitchName(_ text: String) -> Bool {
        (1...maximumSwitchLength).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    private static func isOwner(_ text: String) -> Bool {
        text.utf8.count == 2
            && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
    }
}

extension LedgerName: LosslessStringConvertible {
    /// Reads a name, and only in the form in which it is written.
    ///
    /// Every entry is read with its ledger's name, so this goes by the places of the bytes.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let slash = bytes.firstIndex(of: 0x2F) else { return nil }
        let rest = bytes[(slash + 1)...]
        let switchName = String(decoding: bytes[..<slash], as: UTF8.self)
        if rest.elementsEqual("control".utf8) { self.init(controlOf: switchName); return }
        if rest.elementsEqual("operations".utf8) { self.init(operationsOf: switchName); return }
        // lane/WA/2026: an owner has two characters and a year four digits.
        guard rest.count == 12, rest.starts(with: "lane/".utf8), bytes[slash + 8] == 0x2F else { return nil }
        var year = 0
        for digit in rest.suffix(4) {
            guard (0x30...0x39).contains(digit) else { return nil }
            year = year * 10 + Int(digit - 0x30)
        }
        let owner = String(decoding: bytes[slash + 6...slash + 7], as: UTF8.self)
        guard Self.isSwitchName(switchName), Self.isOwner(owner), year >= 1970 else { return nil }
        self.init(switchName: switchName, kind: .lane(owner: owner, year: UInt64(year)), description: text)
    }
}

extension LedgerName: Comparable {
    /// Alphabetical, so that lists of ledgers have one order.
    public static func < (a: LedgerName, b: LedgerName) -> Bool { a.description < b.description }
}
