public import ComityDirectory
import ComityMessages

/// Looks for rules that do nothing and for gaps.
///
/// Tries every combination of what the policy can tell apart, where there are not too many, so what it says is then
/// exact. Else it tries a fixed sample: that a rule decides something is certain also then; that it does not is
/// certain only where the text shows it, and else it says that it could not tell.
public struct PolicyLint: Sendable {
    /// Up to this number of judgements everything is tried.
    public static let most = 1_000_000
    /// How many judgements are made of a sample, about.
    public static let sample = 200_000

    private let directory: Directory
    private let most: Int
    private let sample: Int

    /// - Parameters:
    ///   - directory: the agencies and families that there are.
    ///   - most: up to this number of judgements everything is tried.
    ///   - sample: how many judgements are made of a sample, about.
    public init(directory: Directory, most: Int = Self.most, sample: Int = Self.sample) {
        self.directory = directory
        self.most = max(1, most)
        self.sample = max(1, sample)
    }

    /// Everything found, in the order of the lines.
    ///
    /// - Parameter file: the name of the file, for the places only.
    public func findings(_ policy: CompiledPolicy, file: String) -> [LintFinding] {
        let cases = LintCases(policy, directory: directory)
        var report = LintReport(policy, directory: directory, file: file)
        guard cases.hasDays, !policy.policy.rules.isEmpty else { return [] }
        let askers = max(1, cases.requesters.count)
        let count = cases.count(upTo: most)
        var uses = [RuleUse](repeating: RuleUse(), count: policy.policy.rules.count)
        var tried = 0
        func look(_ number: Int) {
            let facts = cases.facts(number)
            for requester in cases.requesters {
                let facts = facts(requester)
                let judgement = policy.judgeAnswer(facts)
                RuleUse.add(judgement, policy.policy, to: &uses)
                Self.twins(facts, judgement, policy, &uses)
                tried += 1
            }
        }
        let isAll = count * askers <= most
        if isAll {
            for number in 0..<count { look(number) }
        } else {
            // SplitMix64 with a fixed seed: the same policy always gets the same sample.
            var state: UInt64 = 0x636F_6D69_7479
            for _ in 0..<max(1, sample / askers) {
                state &+= 0x9E37_79B9_7F4A_7C15
                var word = state
                word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
                word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
                word ^= word >> 31
                look(Int(word >> 1))
            }
        }
        report.add(uses, isAll && cases.isComplete ? .complete(tried) : .sampled(tried))
        return report.sorted
    }

    /// Notes groups that a rule withholds from somebody who can work them out from what another look-up, on the same
    /// facts, gives.
    private static func twins(
        _ facts: FactVector, _ judgement: Judgement, _ policy: CompiledPolicy, _ uses: inout [RuleUse]
    ) {
        guard judgement.gate != .refused else { return }
        let known = policy.taxonomy.derivable(from: judgement.groups).subtracting(judgement.groups)
        if known.isEmpty { return }
        for (place, rule) in policy.policy.rules.enumerated() {
            guard uses[place].twin == nil, case .withhold(let groups) = rule.effect,
                let group = groups.intersection(known).groups.first,
                rule.isInForce(on: facts.at.day)
            else { continue }
            let view = Interpreter.View(
                facts: facts, requester: facts.requester, taxonomy: policy.taxonomy, stage: .answer)
            // Who is only perhaps meant is not yet a gap.
            if view.value(of: rule.match, reach: .own, hopeful: false) == .yes { uses[place].twin = group }
        }
    }
}
