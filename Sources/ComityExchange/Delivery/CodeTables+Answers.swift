import ComityMessages

extension CodeTables {
    /// Whether a key is that of an answer to some query.
    func isAnswer(_ key: MessageKey) -> Bool {
        keys.contains { $0.answer == key || $0.alsoAnswers?.contains(key) == true }
    }

    /// Whether a key is that of an answer to this query.
    func isAnswer(_ key: MessageKey, to question: MessageKey) -> Bool {
        guard let rule = rule(for: question) else { return false }
        return rule.answer == key || rule.alsoAnswers?.contains(key) == true
    }
}
