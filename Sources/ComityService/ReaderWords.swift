import ComityMessages
package import ComityPolicy

/// Words for readers that several answers share.
package enum ReaderWords {
    /// `Customs, Port East (made up)`; the ID if the directory does not know the agency.
    package static func agency(_ requester: Explanation.Requester) -> String {
        requester.name ?? "agency \(requester.id), which the directory does not know,"
    }

    /// `WA-3 "Home address and photo stay here" (RCW 46.12.635)`
    package static func cited(_ rule: Explanation.RuleReference) -> String {
        "\(rule.id) \"\(rule.words)\"" + (rule.law.isEmpty ? "" : " (\(rule.law.joined(separator: "; ")))")
    }

    /// What can be said of an owner whose own switch judges.
    static func passedOn(_ verdict: Verdict, _ agency: String, _ owner: String) -> String {
        verdict == .refused
            ? "\(agency) cannot get this from \(owner): it is not passed on to \(owner)'s own switch."
            : "it cannot be told here what \(agency) can get from \(owner): \(owner)'s own switch judges. Ask there."
    }

    static func access(
        _ verdict: Verdict, _ agency: String, _ groups: [AccessAnswer.Group], _ owner: String,
        onlyIf: FieldGroupSet
    ) -> String {
        let all = list(groups)
        switch verdict {
        case .released:
            return "\(agency) can get \(all) from \(owner), by \(groups.first?.request ?? "no request")."
        case .releasedInPart:
            let yes = groups.filter { $0.verdict == .released }
            let no = groups.filter { $0.verdict != .released }
            return "\(agency) can get \(list(yes)) from \(owner), and cannot get \(list(no)) at once."
        case .heldForReview:
            return "\(agency) can get \(all) from \(owner) only after a person there has looked at it."
        case .cannotTell:
            return
                "it cannot be told whether \(agency) can get \(all) from \(owner): it depends on the record."
        case .refused, .noAnswer, .passedOn: return "\(agency) cannot get \(all) from \(owner)."
        }
    }

    private static func list(_ groups: [AccessAnswer.Group]) -> String {
        let words = groups.map { FieldGroup(rawValue: $0.group)?.forReaders ?? $0.group }
        guard words.count > 1 else { return words.first ?? "anything" }
        return words.dropLast().joined(separator: ", ") + " and " + words.last!
    }
}

extension FieldGroup {
    /// What the group is, as a thing that one gets.
    package var forReaders: String {
        switch self {
        case .identity: "name and birth date"
        case .description: "a description of the person"
        case .address: "a home address"
        case .licence: "licence details"
        case .status: "licence status"
        case .photo: "a licence photo"
        case .ssn: "a social security number"
        case .document: "the documents on file"
        case .history: "a driving history"
        case .vehicle: "vehicle details"
        case .registeredOwner: "the registered owner"
        case .safety: "safety warnings"
        }
    }
}
