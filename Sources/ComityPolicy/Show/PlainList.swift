import ComityMessages

/// Lists and numbers as they are read aloud.
enum PlainList {
    /// `a`, `a and b`, `a, b and c`
    static func joined(_ words: [String], _ last: String = "and") -> String {
        guard words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(last) " + words[words.count - 1]
    }

    /// `15 January 2026`
    static func day(_ day: Day) -> String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        let civil = day.civil
        return "\(civil.day) \(months[civil.month - 1]) \(civil.year)"
    }

    static func capitalised(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    /// `a` or `an`, and the word.
    static func one(_ word: String) -> String {
        "aeiou".contains(word.prefix(1).lowercased()) ? "an \(word)" : "a \(word)"
    }

    /// Field groups as things that one gets.
    static func groups(_ groups: FieldGroupSet, _ last: String = "and") -> String {
        groups == .all ? "everything on file" : joined(groups.groups.map(\.plainWords), last)
    }
}

extension FieldGroup {
    /// What the group is, without an article.
    var plainWords: String {
        switch self {
        case .identity: "name and birth date"
        case .description: "description of the person"
        case .address: "home address"
        case .licence: "licence details"
        case .status: "licence status"
        case .photo: "licence photo"
        case .ssn: "social security number"
        case .document: "documents on file"
        case .history: "driving history"
        case .vehicle: "vehicle details"
        case .registeredOwner: "registered owner"
        case .safety: "safety warnings"
        }
    }
}
