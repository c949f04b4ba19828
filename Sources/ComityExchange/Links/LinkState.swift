package import ComityMessages

/// How a link stands.
package struct LinkState: Hashable, Sendable {
    package let link: String
    /// What kind of line it is, as policies see it.
    package let path: String
    /// The owners whose own systems answer behind it.
    package let answersFor: [MemberCode]
    /// Whether the operator takes nothing more from it.
    package let isDrained: Bool
    /// Its sessions, and how many of them are connected now.
    package let sessions: Int
    package let connected: Int
    /// Messages taken from it, in the sessions that there are.
    package let received: UInt64
    /// Mail given to it, in the sessions that there are, and how much of that it has not acknowledged.
    package let sent: UInt64
    package let waiting: Int
    /// Messages and look-ups for it that have no number yet.
    package let queued: Int
    /// Look-ups of its agencies that have not ended, and how many of those wait for a person.
    package let open: Int
    package let held: Int
}

extension Exchange {
    /// How every configured link stands, by name.
    package var linkStates: [LinkState] {
        var sessions: [String: [Session]] = [:]
        for session in links.sessions.values { sessions[session.link, default: []].append(session) }
        var open: [SessionID: (all: Int, held: Int)] = [:]
        for (id, lookup) in lookups {
            open[lookup.session, default: (0, 0)].all += 1
            if held.contains(id) { open[lookup.session]!.held += 1 }
        }
        return settings.links.values.sorted { $0.name < $1.name }.map { permit in
            let own = sessions[permit.name] ?? []
            return LinkState(
                link: permit.name, path: permit.path, answersFor: permit.answersFor.sorted(),
                isDrained: permit.isDrained,
                sessions: own.count, connected: own.count { $0.connection != nil },
                received: own.reduce(0) { $0 + $1.received }, sent: own.reduce(0) { $0 + $1.sent },
                waiting: own.reduce(0) { $0 + $1.outbox.count }, queued: queue.count(for: permit.name),
                open: own.reduce(0) { $0 + (open[$1.id]?.all ?? 0) },
                held: own.reduce(0) { $0 + (open[$1.id]?.held ?? 0) })
        }
    }
}
