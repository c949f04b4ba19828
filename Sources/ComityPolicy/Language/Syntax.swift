/// A policy file as it was written: words with their places, nothing looked up yet.
struct PolicySyntax {
    var header: Header?
    var definitions: [DefinitionSyntax] = []
    var treatments: [TreatmentSyntax] = []
    var rules: [RuleSyntax] = []
    var promises: [PromiseSyntax] = []
    var tests: [TestSyntax] = []
    /// Everything above in the order of the file.
    var items: [ItemSyntax] = []
    /// The comments, each with the item that it belongs to.
    var comments: [PlacedComment] = []
    /// The end of the file.
    var end = Span(line: 1, column: 1)

    struct Header {
        var owner: Token
        var title: Token?
        var version: Token?
        var effective: Token?
        var until: Token?
        var taxonomy: Token?
        /// `record-refusals as not-on-file`
        var neutral: Token?
        var parts: [PartSpan] = []
    }
}

/// One item of a file.
struct ItemSyntax {
    /// What it is, with its place in the list of its kind.
    enum Kind: Hashable {
        case header, definition(Int), treatment(Int), rule(Int), promise(Int), test(Int)
    }

    var kind: Kind
    /// Where its first and its last word begin.
    var first: Span
    var last: Span
}

/// A part of an item, by which comments within it find their place when the file is written out again.
enum PartName: String, CaseIterable, Hashable {
    /// The first line, with the name and the title.
    case head
    /// What a rule gives, keeps, wants carried, tells or limits; what it is held for.
    case effect
    case who, when, unless, desk, answer, law, effective, until
    /// The version of a policy and its dates, and how it refuses.
    case version, refusals
    /// What a promise promises.
    case body
    /// What a test asks, and what it expects.
    case asks, expect
}

/// Where a part of an item stands.
struct PartSpan {
    var name: PartName
    /// Where its first and its last word begin.
    var first: Span
    var last: Span
}

struct TreatmentSyntax {
    var keyword: Token
    var value: Token
    var group: Token
    var isMember: Bool
}

struct PromiseSyntax {
    var keyword: Token
    var title: Token?
    var who = ConditionSyntax.broken
    var groups: [Token] = []
    var byAnyRoute = false
    var unless: ConditionSyntax?
    var parts: [PartSpan] = []
}

struct DefinitionSyntax {
    var name: Token
    var condition: ConditionSyntax
}

struct RuleSyntax {
    var kind: Token
    var id: Token
    var title: Token?
    /// `give`, `keep` or `for`.
    var groups: [Token]?
    var groupsKeyword: Token?
    var who: ConditionSyntax?
    var when: ConditionSyntax?
    var unless: ConditionSyntax?
    var law: [Token] = []
    var hold: HoldSyntax?
    var carried: [ConditionSyntax] = []
    var carryKeyword: Token?
    var notice: NoticeSyntax?
    var limit: LimitSyntax?
    /// `answer as not-on-file`
    var neutral: Token?
    var effective: Token?
    var until: Token?
    var parts: [PartSpan] = []
}

struct NoticeSyntax {
    /// `subject`, `owner`, `desk` or a name in quotes.
    var party: Token
    /// The name of the desk.
    var name: Token?
    var isBefore = false
    var number: Token?
    var unit: Token?
    var event: Token?
}

struct LimitSyntax {
    var keyword: Token
    var number: Token?
    var period: Token?
    var scope: Token?
    /// `nil`: refuse.
    var hold: HoldSyntax?
}

struct CertificationSyntax {
    var keyword: Token
    var name: Token
    var version: Token?
    var standing: Token
}

struct HoldSyntax {
    var keyword: Token
    var desk: Token
    /// The word before `people`; `nil`: one person decides.
    var people: Token?
    var number: Token?
    var unit: Token?
    var otherwise: Token?
}

indirect enum ConditionSyntax {
    case everybody
    /// `family A, B`; also agency, pattern, kind, state.
    case who(keyword: Token, values: [Token])
    /// A named set or a definition, `of` some states.
    case named(Token, of: [Token])
    /// `reason is N`, `offence in homicide, kidnapping`, `reason absent`.
    case fact(Token, verb: Token, values: [Token])
    /// `certification "No immigration use" version 2 is in-force`; no standing where it must be carried.
    case certification(Token, name: Token, version: Token?, standings: [Token])
    case not(ConditionSyntax)
    case all([ConditionSyntax])
    case any([ConditionSyntax])
    /// Something unreadable that has been reported.
    case broken
}

struct TestSyntax {
    var keyword: Token
    var title: Token?
    var asker: AskerSyntax?
    var affiliated: [Token] = []
    var request: Token?
    var withPhoto = false
    var facts: [(name: Token, value: Token)] = []
    var certifications: [CertificationSyntax] = []
    /// Limits that are exceeded.
    var over: [Token] = []
    var behalf: AskerSyntax?
    var day: Token?
    var expectations: [ExpectationSyntax] = []
    var parts: [PartSpan] = []
}

enum AskerSyntax {
    case family(Token)
    case agency(Token)
    case unknownAgency(Token)
    case member(of: Token, state: Token?)
}

struct ExpectationSyntax {
    /// `open`, `released`, `duty`, `no duty` and so on.
    var verb: Token
    var groups: [Token] = []
    var rules: [Token] = []
    var things: [ConditionSyntax] = []

    var isOfDuty: Bool { verb.text == "duty" || verb.text == "no duty" }
}
