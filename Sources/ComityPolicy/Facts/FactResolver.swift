public import ComityDirectory
public import ComityMessages

/// Turns a message into facts: who asks by the directory, what is stated by the elements, the rest by the
/// switch. Whatever cannot be read is unknown, which makes a judgement stricter.
public struct FactResolver: Sendable {
    let taxonomy: Taxonomy
    let directory: Directory

    public init(taxonomy: Taxonomy, directory: Directory) {
        self.taxonomy = taxonomy
        self.directory = directory
    }

    /// The facts of one look-up.
    ///
    /// - Parameters:
    ///   - message: the question; its origin is the requester.
    ///   - request: what it asks for.
    ///   - owner: whose record it is, by the canonical code.
    ///   - path: the kind of line it came in by, a value of the fact `path`; unlisted words count as `other`.
    ///   - at: when the switch received it.
    public func resolve(
        _ message: Message, request: Request, owner: MemberCode, path: String, at: Timestamp
    ) -> FactVector {
        resolve(
            message, request: request, owner: owner, path: path, at: at,
            requester: requester(message.origin, on: at.day))
    }

    /// The facts of one look-up whose requester has been looked up already, for the day of `at`.
    public func resolve(
        _ message: Message, request: Request, owner: MemberCode, path: String, at: Timestamp,
        requester: Requester
    ) -> FactVector {
        var values: [FactValue] = []
        values.reserveCapacity(taxonomy.facts.count)
        for fact in taxonomy.facts {
            values.append(
                value(of: fact, message: message, request: request, path: path, owner: owner, at: at))
        }
        return FactVector(
            owner: owner, requester: requester,
            onBehalf: onBehalf(message, on: at.day), values: values,
            asked: taxonomy.groupsAsked(by: request), at: at)
    }

    /// What the directory knows of an agency on a day.
    public func requester(_ ori: ORI, on day: Day) -> Requester {
        guard let agency = directory.agency(ori) else { return Requester(unknown: ori) }
        var ties: [FamilyPath] = []
        for tie in directory.affiliations(of: ori, at: day) where !ties.contains(tie.family) {
            ties.append(tie.family)
        }
        return Requester(
            ori: ori, kind: agency.kind.rawValue, state: agency.member, family: .some(agency.family),
            affiliations: ties.sorted(), country: directory.country(of: agency.member),
            certifications: CertificationState.of(directory.certifications(of: ori), on: day),
            taxonomy: taxonomy)
    }

    private func onBehalf(_ message: Message, on day: Day) -> FactVector.OnBehalf {
        guard let element = taxonomy.fact("on-behalf")?.element else { return .nobody }
        let stated = message.elements.filter { $0.prefix == element && !$0.isBlank }
        guard let first = stated.first else { return .nobody }
        guard stated.count == 1, let ori = ORI(first.value) else { return .unreadable }
        return .agency(requester(ori, on: day))
    }

    private func value(
        of fact: Fact, message: Message, request: Request, path: String, owner: MemberCode,
        at: Timestamp
    ) -> FactValue {
        switch fact.source {
        case .record: return .unknown
        case .switch:
            switch fact.name {
            case "path": return fact.value(path) ?? fact.ifNotListed
            case "time":
                return taxonomy.clock?.hours(of: owner, at: at).flatMap { fact.value($0.rawValue) }
                    ?? .unknown
            default: return fact.ifNotStated
            }
        case .request:
            let word = fact.name == "request" ? request.kind.rawValue : request.breadth.rawValue
            return fact.value(word) ?? .unknown
        case .message: return stated(fact, in: message)
        }
    }

    /// A fact stated by an element. Stated twice with different texts, it is unknown.
    private func stated(_ fact: Fact, in message: Message) -> FactValue {
        guard let prefix = fact.element else { return fact.ifNotStated }
        var text: String?
        for element in message.elements where element.prefix == prefix && !element.isBlank {
            if let text, text != element.value, !fact.isPresence { return .unknown }
            text = element.value
        }
        guard let text else { return fact.ifNotStated }
        if fact.isPresence { return fact.value("given") ?? .unknown }
        if let word = fact.reads[text] { return fact.value(word) ?? .unknown }
        // Only words listed in `reads` may be claimed where the file has that list: nobody claims "verified".
        return (fact.reads.isEmpty ? fact.value(text) : nil) ?? fact.ifNotListed
    }
}

extension Element {
    /// Whether it states nothing: no character but spaces.
    fileprivate var isBlank: Bool { value.utf8.allSatisfy { $0 == UInt8(ascii: " ") } }
}
