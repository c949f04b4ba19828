public import ComityDirectory
import ComityMessages

/// A policy ready to judge: bit masks over its tests, no memory taken on the way.
///
/// Always the same judgement as `Interpreter`, which is the specification.
public struct CompiledPolicy: Sendable {
    /// The policy.
    public var policy: Policy { box.policy }
    /// The taxonomy that fact vectors must be of.
    public var taxonomy: Taxonomy { box.taxonomy }

    private let box: Box

    /// Behind one pointer: a plan is many tables, and naming each of them at every judgement would cost more than
    /// the judgement.
    private final class Box: Sendable {
        let policy: Policy
        let taxonomy: Taxonomy
        /// `nil`: the checker lets no such policy through; reading the rules is then slow and still right.
        let question: StagePlan?
        let answer: StagePlan?
        let mark: PolicyMark
        /// The days on which the policy counts, in numbers.
        let firstDay: Int
        let lastDay: Int

        init(_ policy: Policy, taxonomy: Taxonomy) {
            self.policy = policy
            self.taxonomy = taxonomy
            answer = Plan(policy, taxonomy: taxonomy, stage: .answer).map(StagePlan.init)
            question = Plan(policy, taxonomy: taxonomy, stage: .question).map(StagePlan.init)
            mark = policy.mark
            firstDay = policy.effective.number
            lastDay = policy.until?.number ?? .max
        }
    }

    /// Compiles a policy. The directory is not needed to judge: fact vectors carry what it said.
    public init(_ policy: Policy, taxonomy: Taxonomy, directory: Directory) {
        self.init(policy, taxonomy: taxonomy)
    }

    /// Compiles a policy without a directory, to judge a recorded look-up again.
    public init(_ policy: Policy, taxonomy: Taxonomy) {
        box = Box(policy, taxonomy: taxonomy)
    }

    /// Judges the question, before the record is known.
    public func judgeQuestion(_ facts: FactVector) -> Judgement {
        guard let plan = box.question else {
            return Interpreter.judgeQuestion(facts, policy: policy, taxonomy: taxonomy)
        }
        return judge(facts, box, plan)
    }

    /// Judges the answer: all rules; a fact of the record that is still missing is unknown.
    public func judgeAnswer(_ facts: FactVector) -> Judgement {
        guard let plan = box.answer else {
            return Interpreter.judgeAnswer(facts, policy: policy, taxonomy: taxonomy)
        }
        return judge(facts, box, plan)
    }

    @inline(__always) private func judge(_ vector: FactVector, _ box: Box, _ stage: StagePlan) -> Judgement {
        let facts = vector.all
        if facts.day < box.firstDay || facts.day > box.lastDay { return outOfForce(facts.asked) }
        if let other = facts.other { return judgeBoth(facts, other, box, stage) }
        return stage.judge(facts, facts.requester.known, policy: box.mark)
    }

    /// Who asks for another gets what both would get.
    @inline(never) private func judgeBoth(
        _ facts: FactVector.All, _ other: Requester.Known, _ box: Box, _ stage: StagePlan
    ) -> Judgement {
        stage.judge(facts, facts.requester.known, policy: box.mark)
            .meet(stage.judge(facts, other, policy: box.mark))
    }

    private func outOfForce(_ asked: FieldGroupSet) -> Judgement {
        var rules = AppliedRules(policy: box.mark)
        rules.isOutOfForce = true
        return Judgement(asked: asked, shared: [], withheld: [], rules: rules)
    }
}
