import ComityMessages

/// The sessions of all links, and where each is connected.
struct LinkTable {
    var sessions: [SessionID: Session] = [:]
    private var names: [Name: SessionID] = [:]
    private var connections: [ConnectionID: SessionID] = [:]
    private var ofLink: [String: [SessionID]] = [:]
    private var last: Int64 = 0

    private struct Name: Hashable {
        let link: String
        let session: String
    }

    /// Sessions as they were before a restart; nobody is connected.
    mutating func restore(_ restored: [SessionState], last: Int64) {
        for state in restored {
            sessions[state.id] = Session(
                id: state.id, link: state.link, name: state.name, received: state.received, sent: state.sent)
            sessions[state.id]!.isStored = true
            names[Name(link: state.link, session: state.name)] = state.id
            ofLink[state.link, default: []].append(state.id)
        }
        self.last = max(last, restored.map(\.id.number).max() ?? 0)
    }

    func session(link: String, name: String) -> SessionID? { names[Name(link: link, session: name)] }

    func session(of connection: ConnectionID) -> SessionID? { connections[connection] }

    func others(of link: String, than id: SessionID) -> [SessionID] {
        (ofLink[link] ?? []).filter { $0 != id }.sorted()
    }

    /// The session through which an owner's own system is reached: the newest of its link.
    func newest(of link: String) -> SessionID? {
        ofLink[link]?.max()
    }

    /// The newest session of a link that is connected; `nil` if none is.
    func connected(of link: String) -> SessionID? {
        ofLink[link]?.filter { sessions[$0]?.connection != nil }.max()
    }

    mutating func begin(link: String, name: String) -> SessionID {
        last += 1
        let id = SessionID(last)
        sessions[id] = Session(id: id, link: link, name: name)
        names[Name(link: link, session: name)] = id
        ofLink[link, default: []].append(id)
        return id
    }

    mutating func end(_ id: SessionID) {
        guard let session = sessions.removeValue(forKey: id) else { return }
        ofLink[session.link]?.removeAll { $0 == id }
        names[Name(link: session.link, session: session.name)] = nil
        if let connection = session.connection { connections[connection] = nil }
    }

    mutating func connect(_ connection: ConnectionID, to id: SessionID) {
        if let old = sessions[id]?.connection { connections[old] = nil }
        sessions[id]?.connection = connection
        connections[connection] = id
    }

    mutating func disconnect(_ connection: ConnectionID) {
        guard let id = connections.removeValue(forKey: connection) else { return }
        if sessions[id]?.connection == connection { sessions[id]?.connection = nil }
    }

    func state(_ id: SessionID) -> SessionState {
        let session = sessions[id]!
        return SessionState(
            id: id, link: session.link, name: session.name, received: session.accepted, sent: session.sent,
            delivered: session.delivered)
    }
}
