/// Reads a legacy header from the front of a message, and stands at the body afterwards.
struct LegacyReader {
    let bytes: [UInt8]
    /// The next byte to read.
    var at = 0
    /// Where the origin began.
    private(set) var originStart = 0
    /// Where each destination began; kept only for somebody who asks, since a message rarely needs it.
    var destinationStarts: [Int]?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The message with everything but its body.
    mutating func header(direction: Direction?) throws(MessageError) -> Message {
        var message = Message(key: try key(), origin: try origin(), destinations: [])
        skipControls()
        let isInput = peek() == .period
        let isOutput = peek()?.isDigit == true
        switch direction {
        case .input where !isInput, nil where !isInput && !isOutput:
            throw failure("header-origin", 1, "a period must follow the origin", field: "origin")
        case .output where !isOutput:
            throw failure("header-clock", 1, "a clock line must follow the origin", field: "received")
        default: break
        }
        if isInput {
            at += 1
            try inputDestinations(into: &message.destinations)
        } else {
            message.stamps = Stamps(
                received: try clockLine(field: "received"), sent: try clockLine(field: "sent"))
            message.destinations = [try outputDestination()]
        }
        message.control = try control()
        skipControls()
        guard hasMarker(at: at) else { throw markerMissing() }
        at += 3
        return message
    }

    private mutating func key() throws(MessageError) -> MessageKey {
        skipControls()
        var end = at
        while end < bytes.count, end - at < 4, bytes[end].isCapital { end += 1 }
        guard let key = MessageKey(bytes[at..<end]), end < bytes.count, bytes[end] == .period else {
            throw failure(
                bytes.isEmpty ? "empty" : "header-key", bytes.isEmpty ? 0 : 1,
                "a message begins with its key, two or three capital letters, and a period", field: "key")
        }
        at = end + 1
        return key
    }

    private mutating func origin() throws(MessageError) -> ORI {
        skipControls()
        originStart = at
        let end = codeEnd(limit: ORI.length + 1)
        guard let origin = ORI(bytes[at..<end]) else {
            throw failure(
                "header-origin", 1, "the origin has nine capital letters or digits", field: "origin")
        }
        at = end
        return origin
    }

    private mutating func inputDestinations(into destinations: inout [Address]) throws(MessageError) {
        while true {
            skipControls()
            let isMarker = hasMarker(at: at) && !(looksLikeAddress(first: destinations.isEmpty))
            if isMarker || peek() == .asterisk { break }
            let end = codeEnd(limit: ORI.length + 1)
            guard let address = address(at..<end), end < bytes.count, bytes[end] == .period else {
                guard markerFollows() else { throw markerMissing() }
                throw failure(
                    "header-destination", 19,
                    "a destination has two or nine capital letters or digits, and a period",
                    field: "destination \(destinations.count + 1)")
            }
            guard destinations.count < LegacyCodec.maximumDestinations else {
                throw failure(
                    "header-destinations-many", 19,
                    "a message has at most \(LegacyCodec.maximumDestinations) destinations",
                    field: "destination \(destinations.count + 1)")
            }
            destinations.append(address)
            destinationStarts?.append(at)
            at = end + 1
        }
        guard !destinations.isEmpty else {
            throw failure("header-destination", 19, "a destination is missing", field: "destination 1")
        }
    }

    /// Whether the nine characters that begin with `TXT` are an ORI (of Texas) and not the marker running into a
    /// body: a header must go on after its period, or it is the first destination, which cannot be missing.
    private func looksLikeAddress(first: Bool) -> Bool {
        let end = codeEnd(limit: ORI.length + 1)
        guard end - at == ORI.length, end < bytes.count, bytes[end] == .period else { return false }
        if first { return true }
        var next = LegacyReader(bytes)
        next.at = end + 1
        next.skipControls()
        if next.peek() == .asterisk || next.hasMarker(at: next.at) { return true }
        let nextEnd = next.codeEnd(limit: ORI.length + 1)
        return address(next.at..<nextEnd) != nil && nextEnd < bytes.count && bytes[nextEnd] == .period
    }

    private mutating func outputDestination() throws(MessageError) -> Address {
        skipBlanks()
        let end = codeEnd(limit: ORI.length + 1)
        guard let address = address(at..<end), end < bytes.count, bytes[end].isControl || bytes[end] == .space
        else {
            throw failure(
                "header-destination", 19,
                "the second clock line ends with a destination of two or nine capital letters or digits",
                field: "destination 1")
        }
        destinationStarts?.append(at)
        at = end
        skipBlanks()
        return address
    }

    /// The control field; stands at `TXT` afterwards.
    private mutating func control() throws(MessageError) -> ControlField? {
        guard peek() == .asterisk else { return nil }
        if let field = closedControl() ?? openControl() { return field }
        guard markerFollows() else { throw markerMissing() }
        throw failure(
            "header-control", 1,
            "the control field has one to ten printable characters and no period, and `TXT` follows it",
            field: "control")
    }

    /// A control field that a period or the end of its line closes, with `TXT` behind it.
    private mutating func closedControl() -> ControlField? {
        var end = at + 1
        while end < bytes.count, end - at <= ControlField.maximumLength, bytes[end] != .period,
            !bytes[end].isControl
        { end += 1 }
        guard end < bytes.count, bytes[end] == .period || bytes[end].isControl else { return nil }
        var next = self
        next.at = end + 1
        next.skipControls()
        guard next.hasMarker(at: next.at), let field = ControlField(bytes[(at + 1)..<end]) else { return nil }
        at = next.at
        return field
    }

    /// A control field that runs into `TXT`: ten characters are taken first, because that is the size in use;
    /// then the first `TXT` that leaves at least one character.
    private mutating func openControl() -> ControlField? {
        let start = at + 1
        let ten = start + ControlField.maximumLength
        for end in [ten] + Array(start + 1..<ten) where hasMarker(at: end) {
            if let field = ControlField(bytes[start..<end]) {
                at = end
                return field
            }
        }
        return nil
    }
}
