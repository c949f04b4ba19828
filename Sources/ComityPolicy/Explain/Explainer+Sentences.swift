import ComityDirectory
import ComityMessages

extension Explainer {
    /// The owner's name, for example `Washington`.
    func ownerName(_ look: Case) -> String {
        directory.name(of: look.facts.owner) ?? look.facts.owner.description
    }

    /// "<Owner> did not release <what> because <rule, law>."
    func sentence(_ look: Case, because rules: [Explanation.RuleReference]) -> String {
        let owner = ownerName(look)
        let asked = look.judgement.asked
        let because = reason(look, rules)
        if look.ownerJudges { return passedOn(look, because: because) }
        switch look.judgement.gate {
        case .refused: return "\(owner) did not release \(asked.orNothing) because \(because)."
        case .held:
            return "\(owner) holds this look-up for review because \(because); a person can release at most "
                + "\(look.judgement.groups.words)."
        case .open:
            let left = asked.subtracting(look.judgement.groups)
            let base = "\(owner) releases \(look.judgement.groups.words)"
            return left.isEmpty ? "\(base)." : "\(base). It does not release \(left.words)."
        }
    }

    /// What a switch can say that only passes on.
    private func passedOn(_ look: Case, because: String) -> String {
        let (owner, judgement) = (ownerName(look), look.judgement)
        switch judgement.gate {
        case .refused: return "This was not passed on to \(owner) because \(because)."
        case .held:
            return "This is held here for review, and not passed on to \(owner) yet, because \(because)."
        case .open:
            let left = judgement.asked.subtracting(judgement.groups)
            let base =
                "\(owner) judges for itself. The network's floor alone was applied here, and lets it pass"
            return left.isEmpty ? "\(base)." : "\(base), without \(left.words)."
        }
    }

    private func reason(_ look: Case, _ rules: [Explanation.RuleReference]) -> String {
        if !rules.isEmpty { return rules.map(\.cited).joined(separator: "; and ") }
        if let policy = look.policies.first(where: { look.judgement.part($0)?.isOutOfForce == true }) {
            return "its policy, version \(policy.version), is not in force"
        }
        // A rule about the record decided, which must not show: it would say something about the person.
        if look.policies.contains(where: { !look.judgement.decidedBy(in: $0).isEmpty }) {
            return "no record is available for release"
        }
        return "no rule \(look.isDefault ? "of the network's default" : "of its policy") releases it here"
    }

    /// What the asker is told.
    func lines(_ look: Case, because rules: [Explanation.RuleReference], next: [String]) -> [String] {
        if isNeutral(look) {
            return [Self.neutral] + (look.reference.map { ["Reference \($0)."] } ?? [])
        }
        let owner = ownerName(look)
        let judgement = look.judgement
        var lines: [String] = []
        switch judgement.gate {
        case .open where look.ownerJudges:
            lines.append(
                "\(owner) judges for itself: this was passed on. Ask there why, with the reference of its own answer."
            )
            let left = judgement.asked.subtracting(judgement.groups)
            if !left.isEmpty { lines.append("Not released here: \(left.words).") }
        case .refused where look.ownerJudges:
            lines.append("Not passed on to \(owner): nothing was asked there.")
        case .refused: lines.append("\(owner) did not release \(judgement.asked.orNothing).")
        case .held: lines.append("\(owner) holds this look-up for review.")
        case .open:
            lines.append("\(owner) released \(judgement.groups.words).")
            let left = judgement.asked.subtracting(judgement.groups)
            if !left.isEmpty { lines.append("Not released: \(left.words).") }
        }
        if judgement.gate != .open {
            if rules.isEmpty { lines.append("Because \(reason(look, [])).") }
            lines += rules.map { "Because of rule \($0.cited)." }
        } else {
            lines += references(look) { judgement.part($0)?.withholding.places ?? [] }
                .filter { !$0.isOfRecord }.map { "Because of rule \($0.reference.cited)." }
        }
        if look.isDefault {
            lines.append(
                "No decision on file: \(owner) has filed no policy, so the network's default applies.")
        }
        if judgement.gate != .open || judgement.groups != judgement.asked {
            lines += next.map { "To obtain it: \($0)." }
        }
        if let reference = look.reference { lines.append("Reference \(reference).") }
        return lines
    }

    /// What is said instead of a refusal that rests on the record: the same as if there were none.
    static let neutral = "No record is available for release."

    /// Whether the asker is told no more than that.
    func isNeutral(_ look: Case) -> Bool {
        look.judgement.isNeutral(in: look.policies, taxonomy: taxonomy, isAnswer: look.isAnswer)
    }

    /// What is missing and how to get an answer.
    func next(_ look: Case) -> [String] {
        let judgement = look.judgement
        var result: [String] = []
        if judgement.gate == .held {
            for hold in judgement.holds(in: look.policies) {
                result.append(
                    "\(hold.who("decides", "decide")) within \(hold.time), otherwise it is \(hold.otherwise == .refuse ? "refused" : "released")"
                )
            }
            for cited in references(look, { judgement.part($0)?.holding.places ?? [] }) {
                if case .hold(.some(let groups), _) = cited.rule.effect {
                    result.append("ask again without \(groups.words) to be answered at once")
                }
                if case .limit(let limit) = cited.rule.effect {
                    result.append("ask again in another \(limit.period.rawValue) to be answered at once")
                }
            }
        }
        let rules = references(look) { policy in
            let part = judgement.part(policy)
            // What a refusal needs is what lifts the refusal; withheld groups come up once that is lifted.
            if let refusing = part?.refusing, !refusing.isEmpty { return refusing.places }
            return part?.withholding.places ?? []
        }
        let words = Words(taxonomy: taxonomy)
        result += judgement.missing(in: look.policies).map { words.asking($0) }
        for cited in rules where !cited.isOfRecord {
            if case .limit(let limit) = cited.rule.effect {
                result.append("ask again in another \(limit.period.rawValue): \(words.phrase(limit))")
            }
            // An exception is named only if it would really help: not "belong to another agency".
            if let unless = cited.rule.unless, unless.mentions({ !$0.isOfAgency }) {
                let text = words.phrase(unless)
                if !result.contains(text) { result.append(text) }
            }
        }
        if !look.facts.requester.isKnown {
            result.append("have the agency ID entered in the directory")
        }
        if result.isEmpty, judgement.gate == .refused { result.append("ask the owner's desk") }
        return result
    }
}

extension Explanation.RuleReference {
    /// `WA-2 "No records for immigration enforcement" (RCW 46.20.118)`
    var cited: String { "\(id) \"\(words)\"" + (law.isEmpty ? "" : " (\(law.joined(separator: "; ")))") }
}

extension Hold {
    /// Who decides, and a verb: `State desk decides`, `two people of State desk decide`.
    func who(_ one: String, _ several: String) -> String {
        people == 1 ? "\(desk) \(one)" : "two people of \(desk) \(several)"
    }

    /// The time in words.
    public var time: String {
        let (number, unit): (Int64, String) =
            if seconds % 86_400 == 0 {
                (seconds / 86_400, "day")
            } else if seconds % 3600 == 0 {
                (seconds / 3600, "hour")
            } else {
                (seconds / 60, "minute")
            }
        return "\(number) \(unit)\(number == 1 ? "" : "s")"
    }
}
