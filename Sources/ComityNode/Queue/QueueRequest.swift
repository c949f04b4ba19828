package import ComityExchange
import ComityLedger
import ComityMessages

/// What somebody wants to know of a running switch's queue and service states, or wants done with what was set aside, as it
/// goes over the control socket.
package struct QueueRequest: Hashable, Sendable, Codable {
    /// `services` lists what is not simply open, `set-aside` what was set aside; `release` and `discard` decide about one.
    package enum Action: String, Codable, Sendable {
        case services, release, discard
        case setAside = "set-aside"
    }

    package var `do`: Action
    /// Release and discard: the number in the queue.
    package var id: UInt64?

    package init(_ action: Action, id: UInt64? = nil) {
        self.do = action
        self.id = id
    }
}

/// What a destination takes, as an operator is shown it.
package struct ServiceCard: Hashable, Sendable, Codable {
    package let destination: String
    /// `nil` for every key.
    package let key: String?
    /// `open`, `hold`, `not-supported` or `removed`.
    package let state: String
    package let until: String?
    package let reason: String
    /// `people`, `link` or `time`.
    package let cause: String
    package let link: String?
    package let since: String

    package init(_ state: ServiceState) {
        destination = state.destination.description
        key = state.key?.description
        self.state = state.state.word
        until = state.until?.description
        reason = state.reason
        cause = "\(state.cause)"
        link = state.link
        since = state.since.description
    }
}

/// A message that was set aside, as an operator is shown it: without its text.
package struct SetAsideCard: Hashable, Sendable, Codable {
    package let id: UInt64
    package let link: String
    package let key: String
    /// Whose message it is, if the directory knows the agency.
    package let agency: String?
    package let destination: String
    package let since: String
    package let attempts: Int
    package let length: Int

    init(_ message: SetAside) {
        id = message.id
        link = message.link
        key = message.key.description
        agency = message.agency?.description
        destination = message.destination.description
        since = message.since.description
        attempts = message.attempts
        length = message.length
    }
}

/// What a running switch answers.
package struct QueueReply: Hashable, Sendable, Codable {
    package var services: [ServiceCard]?
    package var setAside: [SetAsideCard]?
}
