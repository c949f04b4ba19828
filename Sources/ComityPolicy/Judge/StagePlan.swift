/// A plan to judge one stage by.
///
/// A class, whose methods read the one table that they need where it lies: methods of the plan itself would begin with
/// a copy of the places of all its tables, which costs as much as a third of the judgement.
final class StagePlan: Sendable {
    let plan: Plan

    init(_ plan: Plan) { self.plan = plan }
}
