import ComityDirectory
import ComityMessages

/// Agencies in words: conditions about who asks as things that one can name.
struct PlainAgencies {
    let taxonomy: Taxonomy
    let directory: Directory
    /// The owner's name, or "the owner" for the network's own files.
    let owner: String

    /// The agencies that a condition is about: `federal agencies`; `nil` if it tests anything else.
    func phrase(_ condition: Condition) -> String? {
        switch condition {
        case .always: return "everybody"
        case .named(let name, let inner):
            guard let set = taxonomy.namedSet(name) else { return phrase(inner) }
            switch set.place {
            case .own: return "agencies of \(owner)"
            case .others: return "agencies of other states"
            case .anywhere: return set.title
            }
        case .test(let test): return phrase(test)
        case .not(let inner): return phrase(inner).map { "everybody except \($0)" }
        case .any(let parts):
            let words = parts.compactMap(phrase)
            guard words.count == parts.count else { return nil }
            return PlainList.joined(words)
        case .all(let parts): return both(parts)
        }
    }

    private func both(_ parts: [Condition]) -> String? {
        if parts.count == 2, case .test(.state(let states)) = parts[1], let set = phrase(parts[0]) {
            return "\(set) in \(members(states))"
        }
        var words: [String] = []
        var except: [String] = []
        for part in parts where part != .always {
            if case .not(let inner) = part, let word = phrase(inner) {
                except.append(word)
            } else if let word = phrase(part) {
                words.append(word)
            } else {
                return nil
            }
        }
        let all = words.isEmpty ? "everybody" : words.joined(separator: " that are also among ")
        return except.isEmpty ? all : "\(all) except \(PlainList.joined(except))"
    }

    private func phrase(_ test: Test) -> String? {
        switch test {
        case .family(let path): return "agencies of \(family(path))"
        case .agency(let ori):
            return directory.agency(ori).map { "\($0.name), with the ID \(ori)" }
                ?? "the agency with the ID \(ori)"
        case .pattern(let pattern): return "agencies whose ID is \(spelled(pattern.text))"
        case .kind(let kinds):
            let words = kinds.map { $0.map { $0 == "-" ? " " : String($0) }.joined() }
            return "agencies of the kind \(PlainList.joined(words, "or"))"
        case .state(let states): return "agencies of \(members(states))"
        case .ownState: return "agencies of \(owner)"
        case .country(let countries): return "agencies of \(PlainList.joined(countries.map(country), "or"))"
        case .certification(let name, let version, let standings):
            let text = version.map { " in version \($0)" } ?? ""
            return
                "agencies whose declaration \"\(name)\"\(text) \(PlainList.joined(standings.map(standing), "or"))"
        case .fact, .absent: return nil
        }
    }

    private func standing(_ standing: Certification.Standing) -> String {
        switch standing {
        case .inForce: "is in force"
        case .expired: "has expired"
        case .never: "was never signed"
        case .revoked: "was withdrawn"
        }
    }

    private func members(_ states: [MemberCode]) -> String {
        PlainList.joined(states.map { directory.name(of: $0) ?? $0.description }, "or")
    }

    private func country(_ code: String) -> String {
        ["US": "the United States", "CA": "Canada", "MX": "Mexico"][code] ?? "the country \(code)"
    }

    /// A family by its name; one far down with the name of the one above it.
    func family(_ path: FamilyPath) -> String {
        guard let family = directory.family(path) else { return "the family \(path)" }
        guard path.components.count > 3, let parent = path.parent.flatMap(directory.family) else {
            return Self.the(family.name)
        }
        return "\(Self.the(family.name)) within \(Self.the(parent.name))"
    }

    /// The name of a body, with an article where it has one.
    private static func the(_ name: String) -> String {
        let first = name.prefix { $0 != " " }
        let withArticle = [
            "Department", "Office", "Bureau", "United", "Federal", "Drug", "National", "Transportation",
            "Secret",
            "Coast", "Internal", "Postal", "Marshals", "Executive", "Criminal", "Special", "Air",
        ]
        return withArticle.contains(String(first)) ? "the \(name)" : name
    }

    /// `"DX", any three characters, "0100"`
    private func spelled(_ pattern: String) -> String {
        var parts: [String] = []
        var rest = pattern[...]
        let numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        while let first = rest.first {
            let run = rest.prefix { ($0 == "?") == (first == "?") }
            rest = rest.dropFirst(run.count)
            parts.append(
                first == "?"
                    ? "any \(numbers[min(run.count, 9) - 1]) character\(run.count == 1 ? "" : "s")"
                    : "\"\(run)\"")
        }
        return parts.joined(separator: ", then ")
    }
}
