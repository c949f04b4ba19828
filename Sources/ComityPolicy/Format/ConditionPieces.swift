extension Token {
    /// As it is written in a file.
    var written: String { kind == .text ? "\"\(text)\"" : text }

    /// A value as it is written in a file: in quotes only where it must be.
    var writtenValue: String {
        text.isEmpty || !text.utf8.allSatisfy(Lexer.isOfWord) || Keywords.all.contains(text)
            ? "\"\(text)\"" : text
    }

    /// A number without zeros in front.
    var writtenNumber: String { Int(text).map { $0 >= 0 ? String($0) : text } ?? text }
}

extension Pieces {
    /// A list of words with commas.
    init(list: [Token]) { self.init(list: list.map(\.writtenValue)) }

    /// A list with commas.
    init(list: [String]) {
        self.init()
        for (place, word) in list.enumerated() {
            add(word)
            if place < list.count - 1 { close(with: ",") }
        }
    }

    /// A condition. `and` and `or` are spelled out; parentheses stand only where they are needed.
    init(_ condition: ConditionSyntax) {
        self.init()
        switch condition {
        case .everybody, .broken: add("everybody")
        case .who(let keyword, let values):
            add(keyword.text)
            add(Pieces(list: values))
        case .named(let name, let states):
            add(name.text)
            if !states.isEmpty {
                add("of")
                add(Pieces(list: states))
            }
        case .fact(let name, let verb, let values):
            add(name.text)
            add(verb.text)
            add(Pieces(list: values))
        case .certification(_, let name, let version, let standings):
            add("certification")
            add(name.written)
            if let version {
                add("version")
                add(version.writtenNumber)
            }
            if !standings.isEmpty {
                add(standings.count == 1 ? "is" : "in")
                add(Pieces(list: standings))
            }
        case .not(.fact(let name, let verb, let values)) where verb.text == "is":
            add(name.text)
            add("is")
            add("not")
            add(Pieces(list: values))
        case .not(let inner):
            add("not")
            add(Pieces(operand: inner))
        case .all(let parts): join(parts, by: "and")
        case .any(let parts): join(parts, by: "or")
        }
    }

    private mutating func join(_ parts: [ConditionSyntax], by word: String) {
        for (place, part) in parts.enumerated() {
            if place > 0 { add(word) }
            add(Pieces(operand: part))
        }
    }

    private init(operand: ConditionSyntax) {
        self.init(operand)
        switch operand {
        case .all, .any:
            open(at: 0, with: "(")
            close(with: ")")
        default: break
        }
    }

    /// Conditions with commas, for things that must be carried.
    init(things: [ConditionSyntax]) {
        self.init()
        for (place, thing) in things.enumerated() {
            add(Pieces(thing))
            if place < things.count - 1 { close(with: ",") }
        }
    }
}
