import ComityDirectory
import ComityMessages

/// The agencies that a promise is tried with: one of each kind that the policy can tell apart.
enum PromiseAskers {
    /// One agency of the directory for each combination of kind, own or other state, named state, family, ID and
    /// country that matters; each also with a tie to each family that is named, and with every combination of
    /// states of the certifications that are named. Ties only ever make things stricter, so several at a time matter
    /// only to a promise about several families.
    ///
    /// - Returns: the agencies, and whether they are all that can be told apart: `false` where there were too many
    ///   families or certifications to combine.
    static func of(
        _ tests: [Test], promise: Promise, policy: Policy, taxonomy: Taxonomy, directory: Directory
    ) -> (requesters: [Requester], isComplete: Bool) {
        var families: [FamilyPath] = []
        for case .family(let path) in tests where !families.contains(path) { families.append(path) }
        var result: [Requester] = []
        var seen: Set<[Truth]> = []
        func add(_ requester: Requester) {
            let view = Interpreter.View(
                facts: .nothing(owner: policy.isNetwork ? Agency.inventedPrefix : policy.owner),
                requester: requester, taxonomy: taxonomy, stage: .answer)
            var key: [Truth] = [Truth(requester.isKnown)]
            for test in tests + [.ownState] where test.isOfAgency {
                key.append(view.value(of: test, reach: .own))
                key.append(view.value(of: test, reach: .ownOrTied))
            }
            if seen.insert(key).inserted { result.append(requester) }
        }
        var meant: [FamilyPath] = []
        for case .family(let path) in promise.who.tests { meant.append(path) }
        let ties = [[]] + families.map { [$0] } + severalOf(meant)
        let signed = certifications(tests)
        let plain = agencies(tests, families, policy: policy, taxonomy: taxonomy, directory: directory)
        for requester in plain {
            for tied in ties {
                for certified in signed.combinations {
                    add(
                        Requester(
                            ori: requester.ori, kind: requester.kind, state: requester.state,
                            family: requester.family, affiliations: tied, country: requester.country,
                            certifications: certified, taxonomy: taxonomy))
                }
            }
        }
        add(.nobodyKnown)
        return (result, signed.isComplete && meant.count <= mostFamilies)
    }

    private static let mostFamilies = 4
    private static let mostCertifications = 3

    /// Every selection of two or more families; of too many, all of them.
    private static func severalOf(_ families: [FamilyPath]) -> [[FamilyPath]] {
        guard families.count > 1 else { return [] }
        guard families.count <= mostFamilies else { return [families] }
        return (1..<(1 << families.count)).map { bits in
            families.indices.filter { bits & (1 << $0) != 0 }.map { families[$0] }
        }.filter { $0.count > 1 }
    }

    /// One agency of each kind, without ties.
    private static func agencies(
        _ tests: [Test], _ families: [FamilyPath], policy: Policy, taxonomy: Taxonomy, directory: Directory
    ) -> [Requester] {
        struct Look: Hashable {
            var kind: AgencyKind
            var state: MemberCode?
            var family: FamilyPath?
            var ids: [Bool]
        }
        var states: Set<MemberCode> = [policy.owner]
        for case .state(let named) in tests { states.formUnion(named) }
        var patterns: [(ORI) -> Bool] = []
        for test in tests {
            switch test {
            case .agency(let ori): patterns.append { $0 == ori }
            case .pattern(let pattern): patterns.append { pattern.matches($0) }
            default: break
            }
        }
        let namesCountries = tests.contains { if case .country = $0 { true } else { false } }
        var seen: Set<Look> = []
        var result: [Requester] = []
        for agency in directory.agencies {
            let isNamed = namesCountries || states.contains(agency.member)
            let look = Look(
                kind: agency.kind, state: isNamed ? agency.member : nil, family: agency.family,
                ids: patterns.map { $0(agency.ori) })
            guard seen.insert(look).inserted else { continue }
            result.append(
                Requester(
                    ori: agency.ori, kind: agency.kind.rawValue, state: agency.member,
                    family: .some(agency.family), affiliations: [],
                    country: directory.country(of: agency.member), certifications: [], taxonomy: taxonomy))
        }
        // A family of which the directory knows no agency yet may have one tomorrow.
        for path in families {
            result.append(
                Requester(
                    ori: .example, kind: AgencyKind.federal.rawValue, state: Agency.inventedPrefix,
                    family: .some(path), affiliations: [],
                    country: directory.country(of: Agency.inventedPrefix), certifications: [],
                    taxonomy: taxonomy))
        }
        return result
    }

    /// What agencies may have signed: every combination of states of the texts that are named.
    private static func certifications(
        _ tests: [Test]
    ) -> (combinations: [[CertificationState]], isComplete: Bool) {
        var texts: [(String, Int)] = []
        for case .certification(let name, let version, _) in tests {
            // Where only the name matters, any version stands for all.
            let text = (name, version ?? 1)
            if !texts.contains(where: { $0 == text }) { texts.append(text) }
        }
        var result: [[CertificationState]] = [[]]
        for (name, version) in texts.prefix(mostCertifications) {
            result = result.flatMap { signed in
                [signed]
                    + [Certification.Standing.inForce, .expired, .revoked].map { standing in
                        signed + [CertificationState(name: name, version: version, standing: standing)]
                    }
            }
        }
        return (result, texts.count <= mostCertifications)
    }
}

extension FactVector {
    /// A look-up about which nothing is known but whose record it asks for.
    fileprivate static func nothing(owner: MemberCode) -> FactVector {
        FactVector(
            owner: owner, requester: .nobodyKnown, onBehalf: .nobody, values: [], asked: [],
            at: Timestamp(milliseconds: 0))
    }
}
