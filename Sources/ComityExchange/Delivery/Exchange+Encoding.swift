import ComityMessages

extension Exchange {
    /// A message as its link gets it: in output form (on an uplink in input form), with the clock lines of the two moments. `nil` if something
    /// in it cannot be written in the text format, such as a value that ends in a period.
    func encoded(_ message: Message, to session: SessionID, at now: Timestamp, received: Timestamp)
        -> [UInt8]?
    {
        let state = links.sessions[session]
        var message = message
        message.stamps = Stamps(
            received: ClockLine(received, count: Int((state?.accepted ?? 0) % 100_000)),
            sent: ClockLine(now, count: Int(((state?.sent ?? 0) + 1) % 100_000)))
        // On its uplink this switch is the link, and writes as one.
        let isUplink = settings.uplink != nil && state?.link == settings.uplink
        return try? LegacyCodec.encode(message, direction: isUplink ? .input : .output)
    }

    /// The same for words of the switch's own. They are printable, so only their length can be too much.
    func encodedWords(_ message: Message, to session: SessionID, at now: Timestamp, received: Timestamp)
        -> [UInt8]
    {
        if let bytes = encoded(message, to: session, at: now, received: received) { return bytes }
        var short = message
        short.text = message.text.split(separator: "\n").first.map(String.init) ?? ""
        return encoded(short, to: session, at: now, received: received) ?? []
    }
}
