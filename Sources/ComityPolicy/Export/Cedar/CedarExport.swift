public import ComityDirectory
public import ComityMessages

/// A policy for Cedar: an independent engine that can judge the same look-ups.
///
/// A judgement of Cedar is read like this. Of the asked groups those are let through for which `release GROUP` is
/// allowed. If none is: refused. Else, if `hold` is allowed: held. Else open. A duty comes up if `duty RULE` is
/// allowed and its event can still come: none that waits for a release after a refusal, none that waits for a
/// refusal while it is open. `missing RULE N` is allowed for each thing that is not carried.
public struct CedarExport: Sendable {
    /// The policies.
    public let policies: String
    /// Their schema.
    public let schema: String
    /// What the actions mean, for a program that reads judgements: groups, duties with their events, missing things.
    public let reading: String

    public init(_ policy: Policy, taxonomy: Taxonomy) {
        policies = CedarRules.write(policy, taxonomy: taxonomy)
        schema = CedarSchema.write(policy, taxonomy: taxonomy)
        var duties: [String: JSONText] = [:]
        var missing: [JSONText] = []
        for rule in policy.rules {
            switch rule.effect {
            case .notify(let terms): duties[rule.id] = .string(terms.event.rawValue)
            case .require(let things):
                missing += things.indices.map { .string(CedarText.missing(rule.id, $0 + 1)) }
            default: break
            }
        }
        let reading = JSONText.object([
            "identity": .string(policy.hash.hex), "owner": .string(policy.owner.description),
            "groups": .array(FieldGroup.allCases.map { .string($0.rawValue) }), "duties": .object(duties),
            "missing": .array(missing),
        ])
        self.reading = String(decoding: reading.bytes, as: UTF8.self)
    }

    /// The entities that policies and look-ups speak of: all families, the owner, and the agencies of the directory
    /// as they are on a day.
    ///
    /// - Parameter agencies: whether all agencies are written, or only the federal ones and those that are tied to
    ///   a family or signed something.
    public static func entities(
        _ policy: Policy, taxonomy: Taxonomy, directory: Directory, on day: Day, allAgencies: Bool
    ) -> String {
        var entities: [JSONText] = directory.families.map { family in
            entity(
                "Family", family.path.description, [:],
                family.path.parent.map { [CedarRequest.reference("Family", $0.description)] } ?? [])
        }
        entities.append(
            entity(
                "Owner", policy.owner.description, ["code": .string(policy.owner.description)], []))
        let resolver = FactResolver(taxonomy: taxonomy, directory: directory)
        for agency in directory.agencies {
            let requester = resolver.requester(agency.ori, on: day)
            guard
                allAgencies || agency.family != nil || requester.affiliations?.isEmpty == false
                    || requester.certifications?.isEmpty == false
            else { continue }
            entities += self.entities(requester)
        }
        return String(decoding: JSONText.array(entities).bytes, as: UTF8.self)
    }

    private static func entities(_ requester: Requester) -> [JSONText] {
        guard case .object(let fields) = CedarRequest.entity(requester),
            case .object(var attributes)? = fields["attributes"],
            case .array(let families)? = fields["families"],
            case .array(let ties)? = fields["ties"]
        else { return [] }
        let id = requester.ori.description
        attributes["ties"] = .object(["__entity": CedarRequest.reference("Ties", id)])
        return [entity("Agency", id, attributes, families), entity("Ties", id, [:], ties)]
    }

    private static func entity(
        _ type: String, _ id: String, _ attributes: [String: JSONText], _ parents: [JSONText]
    ) -> JSONText {
        .object([
            "uid": CedarRequest.reference(type, id), "attrs": .object(attributes), "parents": .array(parents),
        ])
    }
}
