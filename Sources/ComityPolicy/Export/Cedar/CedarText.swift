import ComityDirectory
import ComityMessages

/// How words and values are spelled in Cedar.
enum CedarText {
    /// Not known. No word of a taxonomy has parentheses.
    static let unknown = "(unknown)"
    /// Known not to have been stated.
    static let absent = "(absent)"

    /// A text in quotes.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// An agency ID, or a pattern of one, with a small letter before each character.
    ///
    /// Cedar's `*` stands for any number of characters. Between two of the letters it can only be one.
    static func spelled(_ id: String) -> String {
        zip("abcdefghi", id).map { "\($0)\($1 == "?" ? "*" : String($1))" }.joined()
    }

    /// A state of a declaration, of one version of its text or of any.
    static func certification(
        _ name: String, version: Int?, _ standing: Certification.Standing
    ) -> String {
        "\(version.map { "version \($0)" } ?? "any version"), \(standing.rawValue): \(name)"
    }

    /// A day as a number: 20260115.
    static func number(_ day: Day) -> Int {
        let (year, month, day) = day.civil
        return year * 10_000 + month * 100 + day
    }

    static func release(_ group: FieldGroup) -> String { "release \(group.rawValue)" }
    static func duty(_ rule: String) -> String { "duty \(rule)" }
    /// A thing that must be carried, by its rule and its number among those of the rule.
    static func missing(_ rule: String, _ number: Int) -> String { "missing \(rule) \(number)" }

    static func action(_ name: String) -> String { "Action::\(quoted(name))" }
}
