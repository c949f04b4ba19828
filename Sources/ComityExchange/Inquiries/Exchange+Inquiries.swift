import ComityMessages

/// What the switch answers itself: help texts, the directory of agency IDs. (Searches of the archive are look-ups.)
extension Exchange {
    /// `nil` if a message is for somebody else.
    mutating func inquiry(
        _ message: Message, _ arrival: Arrival, permit: LinkPermit, fresh: inout FreshBytes
    ) -> [Effect]? {
        switch message.key {
        case .am: help(message, arrival, permit: permit, fresh: &fresh)
        case .tq: agencies(message, arrival, permit: permit, fresh: &fresh)
        case .ta, .tu, .td: wish(message, arrival, permit: permit, fresh: &fresh)
        default: nil
        }
    }

    /// An answer of the switch to whoever asked.
    func said(_ lines: [String], key: MessageKey, from origin: ORI, to message: Message) -> Message {
        Message(
            key: key, origin: origin, destinations: [.agency(message.origin)], control: message.control,
            text: lines.joined(separator: "\n"))
    }
}
