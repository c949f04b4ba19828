import ComityNode

/// What waits, in words.
enum HeldText {
    /// `2 waiting. The next one is decided by its rule in 1 h 12 min.`
    static func sentence(_ cards: [HeldCard]) -> String {
        guard let first = cards.first else { return "Nothing waits for a person." }
        return
            "\(cards.count) waiting. Nobody deciding, the first is \(then(first)) in \(time(first.secondsLeft))."
    }

    static func then(_ card: HeldCard) -> String { card.fallback == "release" ? "released" : "refused" }

    /// `3 h 12 min`, `4 min`, `20 s`.
    static func time(_ seconds: Int64) -> String {
        if seconds >= 3600 { return "\(seconds / 3600) h \(seconds % 3600 / 60) min" }
        return seconds >= 60 ? "\(seconds / 60) min" : "\(seconds) s"
    }
}
