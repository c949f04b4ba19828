public import ComityDirectory
import ComityMessages

/// A policy in plain English: a summary, and one sentence for each rule.
public struct PolicyReading: Hashable, Sendable, Codable {
    /// A rule in words.
    public struct RuleSentence: Hashable, Sendable, Codable {
        public let id: String
        /// The owner's own words for it.
        public let title: String
        public let sentence: String
        /// Dates of its own, and how it answers.
        public let remarks: [String]
        public let law: [String]
    }

    /// A question that the summary answers.
    public struct Answer: Hashable, Sendable, Codable {
        public let question: String
        public let lines: [String]
    }

    /// The policy's identity as 64 hexadecimal digits.
    public let identity: String
    public let owner: String
    public let title: String
    public let version: Int
    /// `Version 7, in force from 15 January 2026.`
    public let standing: String
    public let summary: [Answer]
    public let rules: [RuleSentence]
    public let promises: [String]
    /// What holds for all rules.
    public let notes: [String]

    public init(_ policy: Policy, taxonomy: Taxonomy, directory: Directory) {
        let words = PlainRules(policy, taxonomy: taxonomy, directory: directory)
        identity = policy.hash.hex
        owner =
            policy.isNetwork ? "the network" : directory.name(of: policy.owner) ?? policy.owner.description
        title = policy.title
        version = policy.version
        let end = policy.until.map { " to \(PlainList.day($0)); afterwards nothing is shared" } ?? ""
        standing = "Version \(policy.version), in force from \(PlainList.day(policy.effective))\(end)."
        summary = PlainSummary(policy, words).answers
        rules = policy.rules.map { rule in
            RuleSentence(
                id: rule.id, title: rule.title, sentence: words.sentence(rule), remarks: words.remarks(rule),
                law: rule.law)
        }
        promises = policy.promises.map { promise in
            let who = words.agencies.phrase(promise.who) ?? words.conditions.clause(promise.who)
            let route = promise.byAnyRoute ? ", by any route" : ""
            let unless = promise.unless.map { ", unless \(words.conditions.clause($0))" } ?? ""
            let never = promise.who == .always ? "nobody ever gets" : "\(who) never get"
            return
                "\(promise.title): \(never) the \(PlainList.groups(promise.groups, "or"))\(route)\(unless)."
        }
        notes = Self.notes(policy, taxonomy)
    }

    private static func notes(_ policy: Policy, _ taxonomy: Taxonomy) -> [String] {
        var notes = [
            "Whatever no rule gives is not given. Where one rule gives and another forbids, it is forbidden."
        ]
        let tests = policy.rules.map(\.match)
        if tests.contains(where: { $0.mentions { if case .family = $0 { true } else { false } } }) {
            notes.append(
                "A restriction on the agencies of a body also reaches agencies that are tied to it for a time, such "
                    + "as a task force. A permission, or an exception, is only for its own.")
        }
        if tests.contains(where: { $0.mentions { $0.factPosition != nil } }) {
            notes.append(
                "What is not known counts against whoever asks: a restriction applies unless it is known not to."
            )
        }
        for treatment in policy.treatments {
            let fact = taxonomy.fact(treatment.fact)
            let value = fact?.value(treatment.value).flatMap { fact?.words(of: $0) } ?? treatment.value
            notes.append(
                "In this policy \(value) \(treatment.isMember ? "counts" : "does not count") as \(treatment.group)."
            )
        }
        return notes
    }

    /// As text, each rule a paragraph.
    public var text: String {
        var lines = ["\(PlainList.capitalised(owner)): \(title)", standing, ""]
        for answer in summary {
            lines.append(answer.question)
            lines += answer.lines.map { "  \($0)" }
        }
        lines += ["", "The rules, one by one"]
        for rule in rules {
            lines += ["", "\(rule.id)  \(rule.title)"]
            lines += PlainText.wrapped(([rule.sentence] + rule.remarks).joined(separator: " "), indent: 4)
            if !rule.law.isEmpty {
                lines += PlainText.wrapped("Law: \(rule.law.joined(separator: "; "))", indent: 4)
            }
        }
        if !promises.isEmpty {
            lines += ["", "What the owner promises"]
            for promise in promises { lines += PlainText.wrapped(promise, indent: 2) }
        }
        lines += ["", "How to read this"]
        for note in notes { lines += PlainText.wrapped(note, indent: 2) }
        return lines.flatMap { $0.count > 100 ? PlainText.wrapped($0, indent: 4, first: 2) : [$0] }
            .joined(separator: "\n") + "\n"
    }
}

enum PlainText {
    /// Lines of at most a hundred characters.
    static func wrapped(_ text: String, indent: Int, first: Int? = nil) -> [String] {
        var pieces = Pieces()
        for word in text.split(separator: " ") { pieces.add(String(word)) }
        return pieces.lines(
            width: PolicyText.width, indent: indent,
            after: String(repeating: " ", count: first ?? indent), isPlain: true)
    }
}
