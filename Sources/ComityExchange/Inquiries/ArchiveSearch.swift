import ComityDirectory
package import ComityMessages

/// A search of one owner's ledger: which entries, and of whose questions.
///
/// It knows facts of questions alone. Messages and answers are sealed for their owner, requester and auditor, and the switch
/// cannot open them.
package struct ArchiveSearch: Sendable {
    /// Whose questions.
    package enum Askers: Hashable, Sendable {
        /// All: only for the owner of the ledger.
        case everybody
        /// Those of a member's own agencies.
        case member(MemberCode)
        case agency(ORI)
    }

    package let askers: Askers
    /// The first moment, and the first moment after; `nil` for no limit.
    package let from: Timestamp?
    package let to: Timestamp?
    /// Message keys; `nil` for all of them.
    package let keys: Set<MessageKey>?
    /// What must stand in the line of an entry: all of these, or one of them. Empty for every entry.
    package let words: [String]
    package let needsAll: Bool
    /// One look-up alone.
    package let reference: Reference?
    private let directory: Directory

    /// The most entries in one answer.
    package static let most = 40

    init(
        askers: Askers, from: Timestamp?, to: Timestamp?, keys: Set<MessageKey>?, words: [String],
        needsAll: Bool, reference: Reference?, directory: Directory
    ) {
        self.askers = askers
        self.from = from
        self.to = to
        self.keys = keys
        self.words = words
        self.needsAll = needsAll
        self.reference = reference
        self.directory = directory
    }

    /// Whether an entry with these facts is one of those that are looked for, but for its words.
    package func fits(agency: String, key: String) -> Bool {
        if let keys {
            guard let key = MessageKey(key), keys.contains(key) else { return false }
        }
        switch askers {
        case .everybody: return true
        case .agency(let ori): return agency == ori.description
        case .member(let member):
            return ORI(agency).flatMap { directory.agency($0) }?.member == member
        }
    }

    /// Whether the words stand in the line of an entry.
    package func fits(line: String) -> Bool {
        guard !words.isEmpty else { return true }
        return needsAll ? words.allSatisfy(line.contains) : words.contains(where: line.contains)
    }
}

extension Timestamp {
    /// Reads `ccyymmdd` or `ccyymmdd@hhmm` in UTC-7, in which the archive keeps its time all year; with how long that is.
    static func moment(_ text: String) -> (start: Timestamp, length: Duration)? {
        let parts = text.split(separator: "@").map(String.init)
        guard let day = parts.first, day.utf8.count == 8 else { return nil }
        let clock = parts.count > 1 ? parts[1] : "0000"
        let written =
            "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2))T\(clock.prefix(2)):\(clock.suffix(2)):00Z"
        guard let start = Timestamp(written) else { return nil }
        return (start + .seconds(7 * 3600), .seconds(parts.count > 1 ? 60 : 86_400))
    }
}
