import ComityLedger
import ComityMessages

/// What is changed while the switch runs.
package struct SwitchChange: Sendable {
    package let settings: ExchangeSettings
    /// `nil` leaves policies and directory as they are.
    package let rulebook: Rulebook?
    /// What the control ledger says of it.
    package let drafts: [Draft]

    package init(settings: ExchangeSettings, rulebook: Rulebook?, drafts: [Draft]) {
        self.settings = settings
        self.rulebook = rulebook
        self.drafts = drafts
    }
}

extension Exchange {
    /// Changes what the machine is told, between two messages: each is judged under the versions before or under those
    /// after. What is under way goes on; its answers are judged under the new versions.
    ///
    /// Links that are no longer configured lose their connections. Their sessions and mail stay until they come back.
    ///
    /// - Returns: the append that says so, which comes before any judgement under the new versions, and what to tell
    ///   links.
    package mutating func changed(_ change: SwitchChange) -> (append: Append, effects: [Effect]) {
        settings = change.settings
        relayRoutes = RelayRoutes(settings.links.values)
        queue.awake.formUnion(settings.links.keys)
        if let rulebook = change.rulebook { replace(rulebook) }
        var effects: [Effect] = []
        for session in links.sessions.values.sorted(by: { $0.id < $1.id }) {
            guard let connection = session.connection, settings.links[session.link] == nil else { continue }
            links.disconnect(connection)
            let notice = Notice(
                code: "link-removed", why: "the operator of the switch has removed this link",
                next: "ask the operator", closes: true)
            effects.append(.link(.notice(connection, notice)))
        }
        var append = newAppend()
        append.drafts = change.drafts
        return (seal(append, then: Pending()), effects)
    }

    /// What a link is told that is taken out of service.
    static func drained(_ sequence: UInt64?) -> Notice {
        Notice(
            code: "link-drained", why: "the operator of the switch takes nothing more from this link for now",
            next: sequence.map { "sign on again later, and send again from \($0)" } ?? "try again later",
            closes: true)
    }
}
