import ComityDirectory
import ComityMessages
public import ComityPolicy
import ComityTestSupport

/// Writes random policies as text. Every construct of the language that judging knows comes up, and promises.
public struct RandomPolicy {
    private var random: Seeded
    private let mayOpenOnAbsence: Bool
    private var definitions: [String] = []
    /// Rules drawn that the checker lets through.
    public private(set) var drawn = 0
    /// Those of them that were left out because they name an absence.
    public private(set) var leftOut = 0

    /// - Parameters:
    ///   - seed: the same seed writes the same policies.
    ///   - mayOpenOnAbsence: whether rules may name an absence; when `false`, policies that do are left out.
    public init(seed: UInt64, mayOpenOnAbsence: Bool = true) {
        random = Seeded(seed)
        self.mayOpenOnAbsence = mayOpenOnAbsence
    }

    /// The next policy. Rules that the checker rejects, such as those whose conditions exclude each other, are
    /// left out one by one.
    public mutating func next(rules: ClosedRange<Int> = 1...12) -> Policy {
        var top = header()
        while !isUsable(top) { top = header() }
        var body = ""
        for index in 0..<Int.random(in: rules, using: &random) {
            var rule = rule(index)
            while !isUsable(top + rule, countingRule: true) { rule = self.rule(index) }
            body += rule
        }
        if chance(0.3) {
            let promise = promise()
            if isUsable(top + body + promise) { body += promise }
        }
        return ExampleWorld.read(top + body).policy!
    }

    private mutating func isUsable(_ text: String, countingRule: Bool = false) -> Bool {
        let read = ExampleWorld.read(text)
        guard read.policy != nil else { return false }
        let opens = !mayOpenOnAbsence && read.diagnostics.contains { $0.code == "opens-on-absence" }
        if countingRule {
            drawn += 1
            leftOut += opens ? 1 : 0
        }
        return !opens
    }

    private mutating func header() -> String {
        definitions = []
        var text = "policy \(pick(["WA", "OR", "network"])) \"Random\"\n"
        text += "version \(Int.random(in: 1...9, using: &random)) effective 2026-01-15"
        text += chance(0.1) ? " until 2026-03-01" : ""
        text += chance(0.2) ? " record-refusals as not-on-file\n" : "\n"
        if chance(0.3) {
            let offence = ExampleWorld.taxonomy.fact("offence")!
            let code = pick(offence.values).code
            text += "treat \(code) as \(chance(0.5) ? "not " : "")\(pick(offence.groups.keys.sorted()))\n"
        }
        for index in 0..<Int.random(in: 0...3, using: &random) {
            text += "define d\(index) as \(condition(depth: 2))\n"
            definitions.append("d\(index)")
        }
        return text
    }

    private mutating func rule(_ index: Int) -> String {
        let kind = pick([
            "share", "share", "share", "share", "refuse", "withhold", "hold", "require", "notify", "limit",
        ])
        var text = "\(kind) R-\(index) \"A random rule\"\n"
        switch kind {
        case "share": text += " give \(groups())\n"
        case "withhold": text += " keep \(groups())\n"
        case "hold":
            if chance(0.5) { text += " for \(groups())\n" }
            text += " \(desk(index))\n"
        case "require": text += " carry \(carried())\n"
        case "notify": text += " \(notice(index))\n"
        case "limit":
            text += " at most \(Int.random(in: 1...500, using: &random)) look-ups"
            text +=
                " in \(pick(["an hour", "a day", "a month"])) for each \(pick(["agency", "family", "subject"]))"
            text += " otherwise \(chance(0.5) ? "refuse" : "hold \(desk(index))")\n"
        default: break
        }
        let to = chance(0.3) ? "everybody" : condition(depth: 1)
        text += " \(kind == "share" ? "to" : "from") \(to)\n"
        if chance(0.5) { text += " when \(condition(depth: 2))\n" }
        if chance(0.5) { text += " unless \(condition(depth: 2))\n" }
        if chance(0.1) { text += " effective 2026-02-01\n" }
        if kind == "refuse" || kind == "withhold", text.contains("protected-person"), chance(0.5) {
            text += " answer as not-on-file\n"
        }
        if chance(0.1) { text += " until 2026-03-15\n" }
        return text + " law \"None, random\"\n"
    }

    private mutating func desk(_ index: Int) -> String {
        let people = chance(0.3) ? " with two people" : ""
        return "desk \"Desk \(index)\"\(people) within 4 hours otherwise \(pick(["refuse", "release"]))"
    }

    private mutating func notice(_ index: Int) -> String {
        let party = pick(["subject", "owner", "desk \"Desk \(index)\"", "\"Attorney General\""])
        if chance(0.2) { return "\(party) before released" }
        let clock = "\(Int.random(in: 1...9, using: &random)) \(pick(["hours", "days", "business-days"]))"
        return "\(party) within \(clock) after \(pick(DutyEvent.allCases).rawValue)"
    }

    private mutating func carried() -> String {
        let things = [
            "reason", "purpose", "offence", "case-number", "requester-name", "paper is judicial",
            "offence in serious", "certification \"\(pick(RandomFacts.certifications))\"",
            "certification \"\(pick(RandomFacts.certifications))\" version 2",
        ]
        return (0..<Int.random(in: 1...3, using: &random)).map { _ in pick(things) }.joined(separator: ", ")
    }

    private mutating func promise() -> String {
        let who = pick(["family \(pick(RandomFacts.families))", "federal", "everybody", "other-states"])
        let unless = chance(0.5) ? ", unless \(condition(depth: 1))" : ""
        return "promise \"Random\"\n \(who) never gets \(pick(FieldGroup.allCases).rawValue)"
            + "\(chance(0.7) ? ", by any route" : "")\(unless)\n"
    }

    private mutating func condition(depth: Int) -> String {
        guard depth > 0, chance(0.6) else { return test() }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return "not \(operand(depth: depth - 1))"
        case 1: return "\(operand(depth: depth - 1)) and \(operand(depth: depth - 1))"
        case 2: return "\(operand(depth: depth - 1)) or \(operand(depth: depth - 1))"
        default: return "\(test()), \(test())"
        }
    }

    private mutating func operand(depth: Int) -> String {
        chance(0.4) ? test() : "(\(condition(depth: depth)))"
    }

    private mutating func test() -> String {
        switch Int.random(in: 0..<17, using: &random) {
        case 0, 1, 2: return "family \(pick(RandomFacts.families))"
        case 3: return "agency \(pick(RandomFacts.agencies))"
        case 4: return "pattern \(pick(["DXICE0?00", "DX???0100", "DXUSBP?00", "WA?????00"]))"
        case 5: return "kind \(pick(ExampleWorld.taxonomy.kinds)), \(pick(ExampleWorld.taxonomy.kinds))"
        case 6: return "state \(pick(RandomFacts.states)), \(pick(RandomFacts.states))"
        case 7: return pick(ExampleWorld.taxonomy.sets.map(\.name))
        case 8: return "\(pick(ExampleWorld.taxonomy.sets.map(\.name))) of \(pick(RandomFacts.states))"
        case 14: return "country \(pick(["US"]))"
        case 15, 16: return certification()
        case 9 where !definitions.isEmpty: return pick(definitions)
        default: return factTest()
        }
    }

    private mutating func certification() -> String {
        let states = ["in-force", "expired", "never", "revoked"]
        let version = chance(0.4) ? " version \(Int.random(in: 1...2, using: &random))" : ""
        let verb = chance(0.6) ? "is \(pick(states))" : "in \(pick(states)), \(pick(states))"
        return "certification \"\(pick(RandomFacts.certifications))\"\(version) \(verb)"
    }

    private mutating func factTest() -> String {
        let fact = pick(ExampleWorld.taxonomy.facts)
        if fact.canBeAbsent, chance(0.3) { return "\(fact.name) \(pick(["absent", "given"]))" }
        // Facts that are there or not have a verb for each of their values.
        let verbs = fact.values.map(\.code)
        if verbs == ["given", "missing"] || verbs == ["declared", "undeclared"] {
            return "\(fact.name) \(pick(verbs))"
        }
        let words = verbs + fact.groups.keys.sorted()
        if chance(0.6) { return "\(fact.name) is \(pick(words))" }
        return "\(fact.name) in \(pick(words)), \(pick(words))"
    }

    private mutating func groups() -> String {
        let all = FieldGroup.allCases.map(\.rawValue)
        let count = Int.random(in: 1...6, using: &random)
        return chance(0.2) ? "everything" : (0..<count).map { _ in pick(all) }.joined(separator: ", ")
    }

    private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }

    private mutating func pick<T>(_ list: [T]) -> T { list.randomElement(using: &random)! }
}
