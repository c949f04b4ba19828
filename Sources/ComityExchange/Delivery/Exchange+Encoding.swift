import ComityMessages

extension Exchange {
    /// A message as its link gets it: in output form, with the clock lines of the two moments.
    func encoded(_ message: Message, to session: SessionID, at now: Timestamp, received: Timestamp) -> [UInt8]
    {
        let state = links.sessions[session]
        var message = message
        message.stamps = Stamps(
            received: ClockLine(received, count: Int((state?.accepted ?? 0) % 100_000)),
            sent: ClockLine(now, count: Int(((state?.sent ?? 0) + 1) % 100_000)))
        if let bytes = try? LegacyCodec.encode(message, direction: .output) { return bytes }
        // Something in the elements cannot be written in the text format. Nothing of it goes out in another form.
        message.elements = []
        message.text = firstLine(message.text) + "\nThe answer cannot be written in the text format."
        return (try? LegacyCodec.encode(message, direction: .output)) ?? []
    }

    private func firstLine(_ text: String) -> String {
        String(text.prefix { $0 != "\n" })
    }
}
