import ComityExchange
import ComityMessages

/// What the event loop tells the switchboard.
enum LinkEvent: Sendable {
    case opened(ConnectionID, any LinkPort, link: String, session: String, received: UInt64)
    case message(ConnectionID, sequence: UInt64, bytes: [UInt8], content: Result<Message, MessageError>)
    case acknowledged(ConnectionID, through: UInt64)
    case closed(ConnectionID)
    case ended(ConnectionID)
}

/// The way back to one connection. Calls come from the switchboard's thread.
protocol LinkPort: AnyObject, Sendable {
    /// The loop on which the connection lives, by number: the switchboard hands over one batch a loop.
    var loop: LinkLoop { get }
}
