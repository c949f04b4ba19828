public import ComityMessages

/// All facts of one look-up, resolved. A judgement is a function of this value and of nothing else.
///
/// It holds no personal value: of a case number or a requester's name it knows only that one was given.
public struct FactVector: Hashable, Sendable {
    /// The member whose record is asked for.
    public var owner: MemberCode { all.owner }
    /// Who asks.
    public var requester: Requester { all.requester }
    /// On whose behalf, if stated. A text that is no agency ID stands here as an unknown agency.
    public var onBehalf: OnBehalf { all.onBehalf }
    /// The enumerated facts, at their places in the taxonomy.
    public var values: [FactValue] { all.values }
    /// The field groups asked for.
    public var asked: FieldGroupSet { all.asked }
    /// When the switch received the message.
    public var at: Timestamp { all.at }
    /// The limits that are exceeded, in alphabetical order; empty nearly always. A limit that is not named here is
    /// kept.
    public var over: [LimitName] { all.over }

    let all: All

    /// Behind one reference: facts are handed on from room to room, and counting a reference for each of them would
    /// cost more than the judgement.
    final class All: Sendable {
        // What judging reads stands first and close together.
        let asked: FieldGroupSet
        let ownerNumber: UInt16
        /// The day of `at`.
        let day: Int
        let requester: Requester
        /// For whom it asks: `nil` nobody, an unknown agency if that cannot be read.
        let other: Requester.Known?
        let over: [LimitName]
        /// The first of `values` once more, without a further place in memory to go to.
        let front: FrontValues

        let values: [FactValue]

        let owner: MemberCode
        let onBehalf: OnBehalf
        let at: Timestamp

        init(
            owner: MemberCode, requester: Requester, onBehalf: OnBehalf, values: [FactValue],
            asked: FieldGroupSet, at: Timestamp, over: [LimitName]
        ) {
            self.owner = owner
            self.requester = requester
            self.onBehalf = onBehalf
            self.values = values
            front = FrontValues(values)
            self.asked = asked
            self.at = at
            self.over = over.count < 2 ? over : Set(over).sorted()
            ownerNumber = StateNumber.of(owner)
            day = at.day.number
            other =
                switch onBehalf {
                case .nobody: nil
                case .agency(let other): other.known
                case .unreadable: Requester.nobodyKnown.known
                }
        }
    }

    /// For whom an agency asks.
    public enum OnBehalf: Hashable, Sendable {
        case nobody
        case agency(Requester)
        /// Stated, but not readable.
        case unreadable
    }

    public init(
        owner: MemberCode, requester: Requester, onBehalf: OnBehalf, values: [FactValue],
        asked: FieldGroupSet, at: Timestamp, over: [LimitName] = []
    ) {
        all = All(
            owner: owner, requester: requester, onBehalf: onBehalf, values: values, asked: asked, at: at,
            over: over)
    }

    public static func == (a: FactVector, b: FactVector) -> Bool {
        if a.all === b.all { return true }
        return a.owner == b.owner && a.requester == b.requester && a.onBehalf == b.onBehalf
            && a.values == b.values && a.asked == b.asked && a.at == b.at && a.over == b.over
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(owner)
        hasher.combine(requester)
        hasher.combine(onBehalf)
        hasher.combine(values)
        hasher.combine(asked)
        hasher.combine(at)
        hasher.combine(over)
    }

    /// The state of the fact at a place in the taxonomy; unknown beyond the end.
    public func value(at position: Int) -> FactValue {
        position < values.count ? values[position] : .unknown
    }

    /// The same look-up with another state of one fact.
    public func setting(_ fact: String, to value: FactValue, taxonomy: Taxonomy) -> FactVector {
        guard let position = taxonomy.position(ofFact: fact), position < values.count else { return self }
        var values = values
        values[position] = value
        return FactVector(
            owner: owner, requester: requester, onBehalf: onBehalf, values: values, asked: asked, at: at,
            over: over)
    }

    /// The same look-up with these limits exceeded.
    public func exceeding(_ over: [LimitName]) -> FactVector {
        FactVector(
            owner: owner, requester: requester, onBehalf: onBehalf, values: values, asked: asked, at: at,
            over: over)
    }

    /// The same look-up with what the record says. Facts that the taxonomy does not know, and facts that are
    /// not facts of the record, are ignored; an unlisted value is unknown.
    public func adding(record facts: [String: String], taxonomy: Taxonomy) -> FactVector {
        var values = values
        for (name, word) in facts {
            guard let position = taxonomy.position(ofFact: name), position < values.count else { continue }
            let fact = taxonomy.facts[position]
            if fact.source == .record { values[position] = fact.value(word) ?? fact.ifNotListed }
        }
        return FactVector(
            owner: owner, requester: requester, onBehalf: onBehalf, values: values, asked: asked, at: at,
            over: over)
    }
}
