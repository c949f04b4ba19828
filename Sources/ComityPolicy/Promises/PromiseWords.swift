public import ComityDirectory
import ComityMessages

extension PromiseWitness {
    /// The look-up that breaks the promise, in one sentence: who asks what, with what stated, and what comes of it.
    public func sentence(taxonomy: Taxonomy, directory: Directory) -> String {
        var asks = "\(Self.name(facts.requester, directory)) asks \(kindWords(taxonomy))"
        if request.photoAsked { asks += " with a photo" }
        switch facts.onBehalf {
        case .nobody: break
        case .agency(let other): asks += ", on behalf of \(Self.name(other, directory))"
        case .unreadable: asks += ", on behalf of somebody who cannot be read"
        }
        let stated = stated(taxonomy)
        if !stated.isEmpty { asks += " (\(stated.joined(separator: "; ")))" }
        return "\(asks), on \(facts.at.day): \(outcome(taxonomy))"
    }

    private func kindWords(_ taxonomy: Taxonomy) -> String {
        guard let fact = taxonomy.fact("request"), let value = fact.value(request.kind.rawValue) else {
            return request.kind.rawValue
        }
        return "for a \(fact.words(of: value)) look-up"
    }

    /// What is not as it is when nobody states anything.
    private func stated(_ taxonomy: Taxonomy) -> [String] {
        taxonomy.facts.enumerated().compactMap { position, fact in
            let value = facts.value(at: position)
            if value == fact.ifNotStated || fact.name == "request" || fact.name == "on-behalf" { return nil }
            return value == .unknown
                ? "\(fact.title) not known" : "\(fact.title): \(fact.words(of: value))"
        }
    }

    private func outcome(_ taxonomy: Taxonomy) -> String {
        let verb = isHeld ? "a desk can release" : "released is"
        guard isByTwin else { return "\(verb) \(given.words)" }
        return "\(verb) \(groups.words), from which \(given.words) can be worked out"
    }

    /// Who asks. A tie or a certification is tried, not known: it is never said of an agency by its name.
    private static func name(_ requester: Requester, _ directory: Directory) -> String {
        guard requester.isKnown else { return "an agency that nobody knows" }
        var tried = (requester.affiliations ?? []).map { "tied to \($0)" }
        tried += (requester.certifications ?? []).map {
            "with the certification \"\($0.name)\" version \($0.version) \($0.standing.words)"
        }
        if tried.isEmpty, let agency = directory.agency(requester.ori) {
            return "\(agency.ori) \(agency.name)"
        }
        var words = "an agency of the kind \(requester.kind ?? "unknown")"
        if let family = requester.family.flatMap(\.self) {
            words += " in the family \(family)"
        } else if let state = requester.state {
            words += " of \(state)"
        }
        return tried.isEmpty ? words : "\(words), \(tried.joined(separator: " and ")),"
    }
}

extension PromiseResult.Proof {
    /// How it was found out, for a reader: `by trying all 12,480 combinations`.
    public var words: String {
        switch self {
        case .complete(let count): "by trying all \(Self.grouped(count)) combinations"
        case .sampled(let count): "in a sample of \(Self.grouped(count)); it may still be broken"
        case .exact: "by reasoning about all look-ups at once"
        }
    }

    private static func grouped(_ number: Int) -> String {
        var result = ""
        for (place, digit) in String(number).reversed().enumerated() {
            if place > 0, place % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return String(result.reversed())
    }
}
