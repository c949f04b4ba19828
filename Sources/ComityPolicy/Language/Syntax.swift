/// A policy file as it was written: words with their places, nothing looked up yet.
struct PolicySyntax {
    var header: Header?
    var definitions: [DefinitionSyntax] = []
    var rules: [RuleSyntax] = []
    var tests: [TestSyntax] = []
    var comments: [Comment] = []
    /// The end of the file.
    var end = Span(line: 1, column: 1)

    struct Header {
        var owner: Token
        var title: Token?
        var version: Token?
        var effective: Token?
        var until: Token?
        var taxonomy: Token?
    }
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
    var effective: Token?
    var until: Token?
}

struct HoldSyntax {
    var keyword: Token
    var desk: Token
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
    var behalf: AskerSyntax?
    var day: Token?
    var expectations: [ExpectationSyntax] = []
}

enum AskerSyntax {
    case family(Token)
    case agency(Token)
    case unknownAgency(Token)
    case member(of: Token, state: Token?)
}

struct ExpectationSyntax {
    var verb: Token
    var groups: [Token] = []
    var rules: [Token] = []
}
