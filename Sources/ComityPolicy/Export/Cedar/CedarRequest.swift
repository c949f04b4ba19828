import ComityDirectory
import ComityMessages

/// Look-ups as Cedar asks about them.
public enum CedarRequest {
    /// One look-up as JSON: `owner`, `context` without the stage, `asker` and, if it asks for somebody, `behalf`,
    /// both as entities. Who asks for somebody is judged twice, and the stricter answer counts.
    public static func json(_ facts: FactVector, taxonomy: Taxonomy) -> String {
        var fields: [String: JSONText] = [
            "owner": .string(facts.owner.description), "context": context(facts, taxonomy),
            "asker": entity(facts.requester),
        ]
        switch facts.onBehalf {
        case .nobody: break
        case .agency(let other): fields["behalf"] = entity(other)
        case .unreadable: fields["behalf"] = entity(.nobodyKnown)
        }
        return String(decoding: JSONText.object(fields).bytes, as: UTF8.self)
    }

    private static func context(_ facts: FactVector, _ taxonomy: Taxonomy) -> JSONText {
        var values: [String: JSONText] = [:]
        for (position, fact) in taxonomy.facts.enumerated() {
            let value = facts.value(at: position)
            var text = value == .absent ? CedarText.absent : CedarText.unknown
            if let index = value.index, index < fact.values.count { text = fact.values[index].code }
            values[fact.name] = .string(text)
        }
        return .object([
            "day": .number(CedarText.number(facts.at.day)), "facts": .object(values),
            "asked": .array(facts.asked.groups.map { .string($0.rawValue) }),
            "over": .array(facts.over.map { .string($0.description) }),
        ])
    }

    /// What the directory knows of an agency: attributes, its own family with those above it, and its ties.
    static func entity(_ requester: Requester) -> JSONText {
        func families(_ path: FamilyPath?) -> [JSONText] {
            var result: [JSONText] = []
            var next = path
            while let here = next {
                result.append(reference("Family", here.description))
                next = here.parent
            }
            return result
        }
        let id = requester.ori.description
        let known = JSONText.string(CedarText.unknown)
        return .object([
            "attributes": .object([
                "known": .bool(requester.isKnown), "id": .string(id),
                "spelled": .string(CedarText.spelled(id)),
                "kind": requester.kind.map { .string($0) } ?? known,
                "state": requester.state.map { .string($0.description) } ?? known,
                "country": requester.country.map { .string($0) } ?? known,
                "familyKnown": .bool(requester.family != nil),
                "tiesKnown": .bool(requester.affiliations != nil),
                "certificationsKnown": .bool(requester.certifications != nil),
                "certifications": .array(certifications(requester)),
            ]),
            "families": .array(families(requester.family ?? nil)),
            "ties": .array(Array(Set((requester.affiliations ?? []).flatMap(families))).sorted()),
        ])
    }

    static func reference(_ type: String, _ id: String) -> JSONText {
        .object(["type": .string(type), "id": .string(id)])
    }

    /// What became of each declaration that was signed, for each version of its text and for any.
    private static func certifications(_ requester: Requester) -> [JSONText] {
        var marks: Set<String> = []
        for one in requester.certifications ?? [] {
            for version in [one.version, nil] {
                guard let standing = requester.standing(of: one.name, version: version), standing != .never
                else { continue }
                marks.insert(CedarText.certification(one.name, version: version, standing))
            }
        }
        return marks.sorted().map { .string($0) }
    }
}

extension JSONText: Comparable {
    /// An arbitrary fixed order.
    static func < (a: JSONText, b: JSONText) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}
