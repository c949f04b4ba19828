public import ComityMessages

/// The words that sharing rules may use, as one versioned file: facts with their finite values, what each kind
/// of request asks for, named sets of agencies, and the field group of each element of a record.
///
/// A reference, because it is handed on wherever facts are read.
public final class Taxonomy: Sendable {
    /// The version, for example `2026.2`.
    public let version: String
    /// SHA-256 of the file; 32 bytes.
    public let hash: [UInt8]
    /// The enumerated facts. Their order is part of the version: recorded fact vectors hold positions.
    public let facts: [Fact]
    /// The kinds of agencies, in the order of their codes.
    public let kinds: [String]
    /// The named sets of agencies.
    public let sets: [NamedSet]
    /// Which field group an element of a record belongs to, by its prefix.
    public let elementGroups: [String: FieldGroup]

    /// When offices are open; `nil` if the file does not say, and then nobody knows.
    public let clock: LocalClock?

    let requests: [RequestKind: FieldGroupSet]
    let derivable: [Derivable]
    let dutyEvents: [DutyEvent: DutyEventWords]
    let dutyParties: [String: String]
    let factPositions: [String: Int]
    let setPositions: [String: Int]

    init(
        version: String, hash: [UInt8], facts: [Fact], kinds: [String], sets: [NamedSet],
        elementGroups: [String: FieldGroup], requests: [RequestKind: FieldGroupSet], derivable: [Derivable],
        dutyEvents: [DutyEvent: DutyEventWords], dutyParties: [String: String], clock: LocalClock?
    ) {
        self.version = version
        self.hash = hash
        self.facts = facts
        self.kinds = kinds
        self.sets = sets
        self.elementGroups = elementGroups
        self.requests = requests
        self.derivable = derivable
        self.dutyEvents = dutyEvents
        self.dutyParties = dutyParties
        self.clock = clock
        factPositions = Dictionary(facts.enumerated().map { ($1.name, $0) }) { first, _ in first }
        setPositions = Dictionary(sets.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// The field groups that a request asks for.
    public func groupsAsked(by request: Request) -> FieldGroupSet {
        let groups = requests[request.kind] ?? []
        return request.photoAsked ? groups.union(FieldGroupSet([.photo])) : groups
    }

    /// The field group of an element of a record; `nil` for an element that no group claims, which is then
    /// treated like free text.
    public func group(ofElement prefix: String) -> FieldGroup? { elementGroups[prefix] }

    /// Everything that can be worked out from some field groups, those groups included.
    public func derivable(from groups: FieldGroupSet) -> FieldGroupSet {
        var result = groups
        var before: FieldGroupSet
        repeat {
            before = result
            for one in derivable where one.from.isSubset(of: result) { result.add(one.group) }
        } while result != before
        return result
    }

    /// The ways in which a field group can be worked out from others: from which together, and how in words.
    public func derivations(of group: FieldGroup) -> [(from: FieldGroupSet, words: String)] {
        derivable.filter { $0.group == group }.map { ($0.from, $0.words) }
    }

    /// What an event of a duty is, for a reader.
    public func words(of event: DutyEvent) -> String { dutyEvents[event]?.words ?? event.rawValue }

    /// A fact by its name.
    public func fact(_ name: String) -> Fact? { factPositions[name].map { facts[$0] } }

    /// The place of a fact in fact vectors.
    public func position(ofFact name: String) -> Int? { factPositions[name] }

    /// A named set of agencies.
    public func namedSet(_ name: String) -> NamedSet? { setPositions[name].map { sets[$0] } }
}

/// A named set of agencies, built from their kinds: `law-enforcement`, `other-states`.
public struct NamedSet: Hashable, Sendable {
    /// Whose agencies of these kinds are meant.
    public enum Place: String, Hashable, Sendable, Codable { case anywhere, own, others }

    /// The word of the policy language.
    public let name: String
    /// What it means, for a reader.
    public let title: String
    /// The kinds of agencies in it.
    public let kinds: [String]
    /// Whether only agencies of the owner's own state, or only others, are in it.
    public let place: Place
}

/// A field group that can be worked out from others.
struct Derivable: Hashable, Sendable {
    var group: FieldGroup
    /// From these, all of them together.
    var from: FieldGroupSet
    /// How, for a reader.
    var words: String
}
