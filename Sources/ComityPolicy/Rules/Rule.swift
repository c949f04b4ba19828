public import ComityMessages

/// One sharing rule, checked. It can be understood alone.
public struct Rule: Hashable, Sendable {
    /// Its name in the policy, for example `WA-2`.
    public let id: String
    /// What it says, in the owner's words.
    public let title: String
    /// What it does.
    public let effect: Effect
    /// When it applies (`to`, `from` and `when` together).
    public let when: Condition
    /// Its exception.
    public let unless: Condition?
    /// The law it rests on, as cited.
    public let law: [String]
    /// The first day on which it counts; `nil` from the policy's own first day on.
    public let effective: Day?
    /// The last day on which it counts (UTC).
    public let until: Day?
    /// Whether an asker who is refused by it is told no more than that there is no record to release.
    public let isNeutral: Bool
    /// The line of the file on which it begins.
    public let line: Int

    /// When it applies and is not excepted, as one condition.
    public let match: Condition
    /// What it tests, each once, in the order of the text: read again and again when look-ups are explained.
    let tests: [Test]

    init(
        id: String, title: String, effect: Effect, when: Condition, unless: Condition?, law: [String],
        effective: Day?, until: Day?, isNeutral: Bool, line: Int
    ) {
        self.id = id
        self.title = title
        self.effect = effect
        self.when = when
        self.unless = unless
        self.law = law
        self.effective = effective
        self.until = until
        self.isNeutral = isNeutral
        self.line = line
        match = unless.map { .all([when, .not($0)]) } ?? when
        tests = match.tests
    }

    /// Whether it counts on a day.
    public func isInForce(on day: Day) -> Bool {
        (effective.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
    }

    /// Whether it tests a fact of the record. To be told that such a rule decided is to be told something about
    /// the person, so askers never are.
    public func restsOnRecord(_ taxonomy: Taxonomy) -> Bool {
        tests.contains { test in
            test.factPosition.map { taxonomy.facts[$0].source == .record } ?? false
        }
    }
}
