public import ComityMessages

/// A declaration that an agency signed: what it will not use answers for, to whom it will not pass them on.
public struct Certification: Hashable, Sendable {
    /// The agency that signed.
    public let ori: ORI
    /// What it is called: `No immigration use`.
    public let name: String
    /// The version of its text, from 1 on.
    public let version: Int
    /// The first day on which it is in force (UTC).
    public let from: Day
    /// The last day on which it is in force; `nil` while no end is known.
    public let until: Day?
    /// The day from which on it was taken back; `nil` if it was not.
    public let revoked: Day?
    /// Who signed and on what ground, in words for a reader.
    public let basis: String

    /// What has become of a certification.
    public enum Standing: String, CaseIterable, Hashable, Sendable, Codable {
        /// Signed, not ended, not revoked.
        case inForce = "in-force"
        /// It was in force and its time is over.
        case expired
        /// Not signed, or not yet.
        case never
        /// Taken back.
        case revoked
    }

    /// What has become of it on a day. Both end days count; the day of the revocation does not.
    public func standing(on day: Day) -> Standing {
        if day < from { return .never }
        if let revoked, revoked <= day { return .revoked }
        if let until, until < day { return .expired }
        return .inForce
    }
}
