import ComityDirectory
import ComityMessages
public import ComityPolicy
import ComityTestSupport

/// Random look-ups: known, unknown and half-known agencies, ties, stated and unstated facts.
public struct RandomFacts {
    static let families = [
        "US", "US.DHS", "US.DHS.ICE", "US.DHS.ICE.ERO", "US.DHS.CBP", "US.DHS.CBP.USBP", "US.DOJ",
        "US.DOJ.FBI",
    ]
    static let agencies = ["DXICE0100", "DXHSI0100", "DXCBP0100", "DXUSBP100", "DXSHERIF1", "DXFBI0100"]
    static let states = ["WA", "OR", "TX", "NY", "DX"]
    static let countries = ["US", "CA"]
    static let certifications = ["No immigration use", "No onward sharing"]
    /// Names of limits that random policies may have.
    static let limits = (0..<12).map { "R-\($0)" }

    private var random: Seeded

    public init(seed: UInt64) { random = Seeded(seed) }

    /// The next look-up.
    public mutating func next() -> FactVector {
        let taxonomy = ExampleWorld.taxonomy
        var values: [FactValue] = []
        for fact in taxonomy.facts {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: values.append(.unknown)
            case 1, 2: values.append(fact.ifNotStated)
            default: values.append(FactValue(index: Int.random(in: 0..<fact.values.count, using: &random)))
            }
        }
        let onBehalf: FactVector.OnBehalf =
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1: .agency(requester())
            case 2: .unreadable
            default: .nobody
            }
        let request = Request(
            kind: RequestKind.allCases.randomElement(using: &random)!, breadth: .oneRecord,
            photoAsked: Bool.random(using: &random))
        let day = Day("2026-01-10")!.number + Int.random(in: 0..<90, using: &random)
        return FactVector(
            owner: MemberCode(Self.states.randomElement(using: &random)!)!, requester: requester(),
            onBehalf: onBehalf, values: values, asked: taxonomy.groupsAsked(by: request),
            at: Day(number: day).start + .seconds(3600), over: over())
    }

    /// Limits exceeded: none in most look-ups.
    private mutating func over() -> [LimitName] {
        guard Int.random(in: 0..<3, using: &random) == 0 else { return [] }
        return (0..<Int.random(in: 1...6, using: &random)).map { _ in
            LimitName(
                owner: MemberCode(["WA", "OR", "NL"].randomElement(using: &random)!)!,
                rule: Self.limits.randomElement(using: &random)!)
        }
    }

    /// A random requester.
    public mutating func requester() -> Requester {
        let id = ORI(Self.agencies.randomElement(using: &random)!)!
        if Int.random(in: 0..<12, using: &random) == 0 { return Requester(unknown: id) }
        func maybe<T>(_ value: T, _ random: inout Seeded) -> T? {
            Int.random(in: 0..<12, using: &random) == 0 ? nil : value
        }
        var ties: [FamilyPath] = []
        while Int.random(in: 0..<3, using: &random) == 0 { ties.append(family()) }
        let own: FamilyPath? = Bool.random(using: &random) ? family() : nil
        return Requester(
            ori: id, kind: maybe(ExampleWorld.taxonomy.kinds.randomElement(using: &random)!, &random),
            state: maybe(MemberCode(Self.states.randomElement(using: &random)!)!, &random),
            family: maybe(own, &random), affiliations: maybe(ties, &random),
            country: maybe(Self.countries.randomElement(using: &random)!, &random),
            certifications: maybe(certifications(), &random), taxonomy: ExampleWorld.taxonomy)
    }

    private mutating func certifications() -> [CertificationState] {
        var result: [CertificationState] = []
        while Bool.random(using: &random), result.count < 3 {
            let name = Self.certifications.randomElement(using: &random)!
            let version = Int.random(in: 1...2, using: &random)
            if result.contains(where: { $0.name == name && $0.version == version }) { continue }
            result.append(
                CertificationState(
                    name: name, version: version,
                    standing: [.inForce, .expired, .revoked].randomElement(using: &random)!))
        }
        return result
    }

    private mutating func family() -> FamilyPath { FamilyPath(Self.families.randomElement(using: &random)!)! }
}
