import Crypto

/// Whose records an epoch key opens.
public enum EpochHolder: Hashable, Sendable {
    /// Look-ups of this member's data.
    case owner(String)
    /// Look-ups by this member's agencies.
    case requester(String)

    /// The member.
    public var member: String {
        switch self {
        case .owner(let member), .requester(let member): member
        }
    }

    /// Who may have the key.
    public var roles: [EpochRole] {
        switch self {
        case .owner: [.owner, .auditor]
        case .requester: [.requester]
        }
    }
}

extension EpochHolder: LosslessStringConvertible {
    /// `owner WA`
    public var description: String {
        switch self {
        case .owner(let member): "owner \(member)"
        case .requester(let member): "requester \(member)"
        }
    }

    /// `nil` if it is of another form.
    public init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, !words[1].isEmpty else { return nil }
        switch words[0] {
        case "owner": self = .owner(String(words[1]))
        case "requester": self = .requester(String(words[1]))
        default: return nil
        }
    }
}

/// What somebody who may open bodies is to the look-ups.
public enum EpochRole: String, CaseIterable, Hashable, Sendable {
    case owner, auditor, requester
}

/// The key under which the record keys of one holder are wrapped for one hour.
///
/// A key for each record and recipient would cost fifty microseconds each; this one is wrapped once for each recipient,
/// and the record keys under it cost less than one.
public struct EpochKey: Sendable {
    /// Random; names the key in envelopes.
    public let id: UInt64
    public let holder: EpochHolder
    /// Hours since 1970-01-01T00:00:00Z.
    public let hour: UInt64
    let key: SymmetricKey

    /// `nil` unless the key has exactly 32 bytes.
    public init?(id: UInt64, holder: EpochHolder, hour: UInt64, key: some Collection<UInt8>) {
        guard key.count == 32 else { return nil }
        self.id = id
        self.holder = holder
        self.hour = hour
        self.key = SymmetricKey(data: Array(key))
    }

    /// The hour in which a moment lies.
    ///
    /// - Parameter milliseconds: since 1970-01-01T00:00:00Z.
    public static func hour(of milliseconds: UInt64) -> UInt64 { milliseconds / 3_600_000 }
}
