import ComityExchange
import ComityMessages

/// What the event loop tells the switchboard.
enum LinkEvent: Sendable {
    case opened(ConnectionID, LinkLoop, link: String, session: String, received: UInt64)
    case message(ConnectionID, sequence: UInt64, bytes: [UInt8], content: Result<Message, MessageError>)
    case acknowledged(ConnectionID, through: UInt64)
    case closed(ConnectionID)
    case ended(ConnectionID)
}
