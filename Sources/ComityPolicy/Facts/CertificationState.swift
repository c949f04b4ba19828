public import ComityDirectory
import ComityMessages

/// A certification as a fact of a look-up: its text, and what had become of it on the day.
public struct CertificationState: Hashable, Sendable, Comparable {
    /// What it is called.
    public let name: String
    /// The version of its text.
    public let version: Int
    /// What had become of it.
    public let standing: Certification.Standing

    public init(name: String, version: Int, standing: Certification.Standing) {
        self.name = name
        self.version = version
        self.standing = standing
    }

    public static func < (a: CertificationState, b: CertificationState) -> Bool {
        (a.name, a.version, a.standing.rank) < (b.name, b.version, b.standing.rank)
    }

    /// What has become of a certification, the best of several texts.
    static func standing(
        of name: String, version: Int?, in signed: [CertificationState]
    ) -> Certification.Standing {
        var best = Certification.Standing.never
        for one in signed where one.name == name && (version == nil || one.version == version) {
            if one.standing.rank > best.rank { best = one.standing }
        }
        return best
    }

    /// What a list of certifications comes to on a day: the best of each text, those never in force left out.
    static func of(_ all: [Certification], on day: Day) -> [CertificationState] {
        var best: [CertificationState] = []
        for one in all {
            let state = CertificationState(
                name: one.name, version: one.version, standing: one.standing(on: day))
            guard state.standing != .never else { continue }
            if let place = best.firstIndex(where: { $0.name == one.name && $0.version == one.version }) {
                if state.standing.rank > best[place].standing.rank { best[place] = state }
            } else {
                best.append(state)
            }
        }
        return best.sorted()
    }
}

extension CertificationState: LosslessStringConvertible {
    /// `in-force 2 No immigration use`, as it is recorded.
    public var description: String { "\(standing.rawValue) \(version) \(name)" }

    public init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let standing = Certification.Standing(rawValue: String(parts[0])),
            let version = Int(parts[1]), version > 0, !parts[2].isEmpty
        else { return nil }
        self.init(name: String(parts[2]), version: version, standing: standing)
    }
}

extension Certification.Standing {
    /// Which of several counts: one that is in force before any other.
    var rank: Int {
        switch self {
        case .never: 0
        case .expired: 1
        case .revoked: 2
        case .inForce: 3
        }
    }
}
