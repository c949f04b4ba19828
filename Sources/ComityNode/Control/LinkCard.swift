import ComityExchange
import ComityMessages

/// How a link stands, as an operator is shown it.
package struct LinkCard: Hashable, Sendable, Codable {
    /// The words for it.
    package enum State: String, Codable, Sendable {
        /// Somebody is connected.
        case up
        /// Nobody is connected; its sessions wait for it.
        case down
        /// The operator takes nothing more from it; what waits for it can still be fetched.
        case drained
        /// Nobody has signed on since the home was made, or all sessions ended in good order.
        case idle
    }

    package let link: String
    package let state: State
    package let path: String
    package let answersFor: [String]
    package let sessions: Int
    package let connected: Int
    package let received: UInt64
    package let sent: UInt64
    package let waiting: Int
    /// Messages and look-ups for it that have no number yet.
    package let queued: Int
    package let openLookups: Int
    package let heldLookups: Int

    init(_ state: LinkState) {
        link = state.link
        self.state =
            state.isDrained ? .drained : state.connected > 0 ? .up : state.sessions > 0 ? .down : .idle
        path = state.path
        answersFor = state.answersFor.map(\.description)
        sessions = state.sessions
        connected = state.connected
        received = state.received
        sent = state.sent
        waiting = state.waiting
        queued = state.queued
        openLookups = state.open
        heldLookups = state.held
    }
}
