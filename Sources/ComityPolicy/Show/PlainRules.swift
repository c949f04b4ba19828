import ComityDirectory
import ComityMessages

/// Rules as sentences.
struct PlainRules {
    let policy: Policy
    let agencies: PlainAgencies
    let conditions: PlainConditions
    private var taxonomy: Taxonomy { agencies.taxonomy }

    init(_ policy: Policy, taxonomy: Taxonomy, directory: Directory) {
        self.policy = policy
        let name = policy.isNetwork ? "the owner's own state" : directory.name(of: policy.owner)
        agencies = PlainAgencies(
            taxonomy: taxonomy, directory: directory, owner: name ?? policy.owner.description)
        conditions = PlainConditions(agencies)
    }

    /// A rule as one sentence.
    func sentence(_ rule: Rule) -> String {
        let (who, ifs) = split(rule)
        let tail = self.tail(rule, ifs)
        switch rule.effect {
        case .share(let groups):
            return "\(PlainList.capitalised(who)) may be given \(groups.the)\(tail)."
        case .refuse: return "Nothing at all is given to \(who.anybody)\(tail)."
        case .withhold(let groups):
            return
                "\(PlainList.capitalised(PlainList.groups(groups))) \(groups.isPlural ? "are" : "is") not given to "
                + "\(who.anybody)\(tail)."
        case .hold(let groups, let hold):
            let asked = groups.map { " that asks for the \(PlainList.groups($0, "or"))" } ?? ""
            let aside = tail.isEmpty ? "" : ",\(tail.hasPrefix(",") ? String(tail.dropFirst()) : tail),"
            return
                "A look-up\(asked) by \(who.anybody)\(aside) waits for \(Self.people(hold)) to decide: \(decides(hold))."
        case .require(let things):
            return
                "\(PlainList.capitalised(who)) must \(PlainList.joined(things.map(conditions.carrying)))\(tail), "
                + "or nothing is given."
        case .notify(let terms): return notice(terms, who, tail)
        case .limit(let limit):
            return "Look-ups by \(who.anybody) are counted\(tail): \(self.limit(limit))."
        }
    }

    /// Who a rule is about, and its other conditions.
    func split(_ rule: Rule) -> (who: String, ifs: [Condition]) {
        var when = rule.when
        // That a paper was received is said by the event.
        if case .notify(let terms) = rule.effect, taxonomy.dutyEvents[terms.event]?.fact != nil,
            case .all(let parts) = when, let first = parts.first, parts.count == 2
        {
            when = first
        }
        let parts = Self.parts(when)
        let who = parts.filter { agencies.phrase($0) != nil && $0 != .always }
        let ifs = parts.filter { agencies.phrase($0) == nil }
        let phrase = who.isEmpty ? "everybody" : agencies.phrase(who.count == 1 ? who[0] : .all(who))
        return (phrase ?? "everybody", ifs)
    }

    /// What must hold together. A set narrowed to a state stays one.
    private static func parts(_ condition: Condition) -> [Condition] {
        guard case .all(let inner) = condition else { return [condition] }
        if inner.count == 2, case .named = inner[0], case .test(.state) = inner[1] { return [condition] }
        return inner.flatMap(parts)
    }

    func tail(_ rule: Rule, _ ifs: [Condition]) -> String {
        var tail = ""
        if !ifs.isEmpty { tail += " if " + conditions.clause(ifs.count == 1 ? ifs[0] : .all(ifs)) }
        if let unless = rule.unless { tail += ", unless \(conditions.clause(unless))" }
        return tail
    }

    func decides(_ hold: Hold) -> String {
        "\(hold.desk) has \(hold.time), and if \(hold.people == 1 ? "nobody decides" : "they have not both decided") in that time it is "
            + (hold.otherwise == .refuse ? "refused" : "released")
    }

    private static func people(_ hold: Hold) -> String { hold.people == 1 ? "a person" : "two people" }

    private func notice(_ terms: DutyTerms, _ who: String, _ tail: String) -> String {
        let party = PlainList.capitalised(self.party(terms.party))
        let what: String
        let who = who.anybody
        switch terms.event {
        case .asked: what = "a look-up by \(who)"
        case .paperReceived: what = "a court paper comes with a look-up by \(who)"
        case .released: what = "something is released to \(who)"
        case .refused: what = "a look-up by \(who) is refused"
        }
        switch terms.clock {
        case .before: return "\(party) must be told before \(what)\(tail)."
        case .within(let number, let unit):
            return "\(party) must be told within \(number) \(unit.words(number)) after \(what)\(tail)."
        }
    }

    func party(_ party: DutyTerms.Party) -> String {
        switch party {
        case .subject: taxonomy.dutyParties["subject"] ?? "the person whom the record is about"
        case .owner: taxonomy.dutyParties["owner"] ?? "the owner of the record"
        case .desk(let name), .named(let name): name
        }
    }

    func limit(_ limit: LookupLimit) -> String {
        let beyond: String =
            switch limit.beyond {
            case .refuse: "all further ones are refused"
            case .hold(let hold):
                "all further ones wait for \(Self.people(hold)) to decide, where \(decides(hold))"
            }
        return "after \(limit.most) in one \(limit.period.rawValue) for each \(limit.scope.words), \(beyond)"
    }

    /// What stands behind the sentence: dates, and how it answers.
    func remarks(_ rule: Rule) -> [String] {
        var remarks: [String] = []
        switch (rule.effective, rule.until) {
        case (let first?, let last?):
            remarks.append("It counts from \(PlainList.day(first)) to \(PlainList.day(last)).")
        case (let first?, nil): remarks.append("It counts from \(PlainList.day(first)) on.")
        case (nil, let last?): remarks.append("It counts until \(PlainList.day(last)).")
        default: break
        }
        if rule.isNeutral || (policy.isNeutral && rule.restsOnRecord(taxonomy)), rule.effect.canRefuse {
            remarks.append("Whoever is refused by it is told only that no record is available for release.")
        }
        return remarks
    }
}

extension String {
    /// After a word that denies: not everybody, but anybody.
    var anybody: String { hasPrefix("everybody") ? "any" + dropFirst(5) : self }
}

extension FieldGroupSet {
    /// With an article before the first.
    fileprivate var the: String { self == .all ? PlainList.groups(self) : "the \(PlainList.groups(self))" }

    fileprivate var isPlural: Bool {
        groups.count > 1 && self != .all
            || [[.licence], [.document], [.vehicle], [.safety]].contains(groups)
    }
}

extension Effect {
    fileprivate var canRefuse: Bool {
        switch self {
        case .refuse, .withhold, .require: true
        default: false
        }
    }
}
