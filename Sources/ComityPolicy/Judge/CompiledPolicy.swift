public import ComityDirectory
import ComityMessages

/// A policy ready to judge: bit masks over its tests, no memory taken on the way.
///
/// Always the same judgement as `Interpreter`, which is the specification.
public struct CompiledPolicy: Sendable {
    /// The policy.
    public let policy: Policy
    /// The taxonomy that fact vectors must be of.
    public let taxonomy: Taxonomy

    private let plan: AnyPlan

    private enum AnyPlan: Sendable {
        case narrow(Box<Row64>)
        case wide(Box<Row256>)
        /// The checker lets no such policy through; reading the rules is then slow and still right.
        case none
    }

    /// Behind one pointer: a plan is many tables, and naming each of them at every judgement would cost more than
    /// the judgement.
    private final class Box<Row: BitRow>: Sendable {
        let plan: Plan<Row>
        let mark: PolicyMark
        /// The days on which the policy counts, in numbers.
        let firstDay: Int
        let lastDay: Int

        init(_ plan: Plan<Row>, _ policy: Policy) {
            self.plan = plan
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
        self.policy = policy
        self.taxonomy = taxonomy
        if let plan = Plan<Row64>(policy, taxonomy: taxonomy) {
            self.plan = .narrow(Box(plan, policy))
        } else if let plan = Plan<Row256>(policy, taxonomy: taxonomy) {
            self.plan = .wide(Box(plan, policy))
        } else {
            plan = .none
        }
    }

    /// Judges the question, before the record is known.
    public func judgeQuestion(_ facts: FactVector) -> Judgement { judge(facts, isQuestion: true) }

    /// Judges the answer: all rules; a fact of the record that is still missing is unknown.
    public func judgeAnswer(_ facts: FactVector) -> Judgement { judge(facts, isQuestion: false) }

    @inline(__always) private func judge(_ facts: FactVector, isQuestion: Bool) -> Judgement {
        switch plan {
        case .narrow(let box): return judge(facts, box, isQuestion: isQuestion)
        case .wide(let box): return judge(facts, box, isQuestion: isQuestion)
        case .none:
            return isQuestion
                ? Interpreter.judgeQuestion(facts, policy: policy, taxonomy: taxonomy)
                : Interpreter.judgeAnswer(facts, policy: policy, taxonomy: taxonomy)
        }
    }

    @inline(__always) private func judge<Row>(
        _ facts: FactVector, _ box: Box<Row>, isQuestion: Bool
    ) -> Judgement {
        let day = facts.at.day.number
        if day < box.firstDay || day > box.lastDay { return outOfForce(facts) }
        let stated = box.plan.known(facts)
        var known = stated
        box.plan.add(facts.requester, owner: facts.ownerNumber, to: &known)
        let own = box.plan.judge(
            known, asked: facts.asked, day: day, policy: box.mark, isQuestion: isQuestion)
        switch facts.onBehalf {
        case .nobody: return own
        case .agency(let other):
            known = stated
            box.plan.add(other, owner: facts.ownerNumber, to: &known)
        case .unreadable: known = stated
        }
        return own.meet(
            box.plan.judge(known, asked: facts.asked, day: day, policy: box.mark, isQuestion: isQuestion))
    }

    private func outOfForce(_ facts: FactVector) -> Judgement {
        var rules = AppliedRules(policy: policy.mark)
        rules.isOutOfForce = true
        return Judgement(asked: facts.asked, shared: [], withheld: [], rules: rules)
    }
}
