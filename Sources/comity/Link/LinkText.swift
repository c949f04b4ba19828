import ComityNode

/// Links, in words.
enum LinkText {
    /// `57 of 58 links are up. 1 is down: or. 12 answers wait.`
    static func sentence(_ cards: [LinkCard]) -> String {
        func names(_ state: LinkCard.State) -> [String] { cards.filter { $0.state == state }.map(\.link) }
        let (down, idle, drained) = (names(.down), names(.idle), names(.drained))
        var parts = [
            "\(cards.count - down.count - idle.count - drained.count) of \(cards.count) links are up."
        ]
        if !down.isEmpty { parts.append("\(down.count) down: \(list(down)).") }
        if !idle.isEmpty { parts.append("\(idle.count) never signed on or signed off: \(list(idle)).") }
        if !drained.isEmpty { parts.append("\(drained.count) drained: \(list(drained)).") }
        let waiting = cards.reduce(0) { $0 + $1.waiting }
        parts.append(
            "\(waiting == 0 ? "No" : "\(waiting)") \(waiting == 1 ? "answer waits" : "answers wait").")
        return parts.joined(separator: " ")
    }

    private static func list(_ names: [String]) -> String {
        names.count <= 5 ? names.joined(separator: ", ") : names.prefix(5).joined(separator: ", ") + ", …"
    }

    static func lines(_ card: LinkCard, strong: (String) -> String) -> [String] {
        var lines = [strong(card.state.rawValue.uppercased()) + "   \(card.link)   path \(card.path)"]
        lines.append("  sessions    \(card.sessions), \(card.connected) connected")
        lines.append("  received    \(card.received)")
        lines.append("  sent        \(card.sent), \(card.waiting) not acknowledged")
        if card.queued > 0 {
            lines.append("  queued      \(card.queued), for want of room, service or a connection")
        }
        lines.append("  look-ups    \(card.openLookups) open, \(card.heldLookups) of them held for review")
        if !card.answersFor.isEmpty {
            lines.append("  answers for \(card.answersFor.joined(separator: ", "))")
        }
        lines.append("  do this     \(advice(card))")
        return lines
    }

    private static func advice(_ card: LinkCard) -> String {
        switch card.state {
        case .up where card.waiting >= 256:
            "their side is connected and does not acknowledge; ask them to look at it"
        case .up: "nothing"
        case .drained:
            card.openLookups + card.waiting == 0
                ? "nothing is left on it; `comity link resume \(card.link)` takes it up again"
                : "wait until its look-ups have ended and its answers are fetched; or `comity link resume \(card.link)`"
        case .down:
            "call their side: nobody is connected; what waits is kept for them and sent when they sign on"
                + (card.answersFor.isEmpty ? "" : ", and questions to their owners end as no answer in time")
        case .idle:
            "if somebody should be there, check that they have the link's name and its secret"
                + (card.answersFor.isEmpty ? "" : "; questions to their owners end as no answer at once")
        }
    }
}
