package import ComityMessages

/// What a link is allowed to do, as configured.
package struct LinkPermit: Hashable, Sendable {
    /// The name of the link.
    package var name: String
    /// What kind of line it is, as policies see it (the fact `path`).
    package var path: String
    /// The ORIs that may speak on it.
    package var speaksFor: Speakers
    /// Whether several sessions may be open at once (a terminal server), or one takes over from the other.
    package var sharesSessions: Bool
    /// The owners whose own systems answer behind this link.
    package var answersFor: Set<MemberCode>
    /// Whether nothing more is taken from it; what waits for it is still delivered.
    package var isDrained = false

    package init(
        name: String, speaksFor: Speakers, path: String = "other", sharesSessions: Bool = false,
        answersFor: Set<MemberCode> = []
    ) {
        self.name = name
        self.speaksFor = speaksFor
        self.path = path
        self.sharesSessions = sharesSessions
        self.answersFor = answersFor
    }
}

/// A set of ORIs, by name or by the member whose agencies they are.
package struct Speakers: Hashable, Sendable {
    /// Any ORI: only for a terminal of the switch itself.
    package var everybody: Bool
    /// Members whose agencies all may speak: the directory says whose an agency is, never its characters.
    package var members: Set<MemberCode>
    /// Single ORIs.
    package var agencies: Set<ORI>

    package init(everybody: Bool = false, members: Set<MemberCode> = [], agencies: Set<ORI> = []) {
        self.everybody = everybody
        self.members = members
        self.agencies = agencies
    }

    /// Whether an ORI may speak; `member` is whose agency it is, `nil` if the directory does not know it.
    package func allow(_ ori: ORI, of member: MemberCode?) -> Bool {
        everybody || agencies.contains(ori) || member.map(members.contains) == true
    }
}
