/// Writes a legacy message, refusing whatever would not read back the same.
struct LegacyWriter {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(256) }

    mutating func inputHeader(_ message: Message) throws(MessageError) {
        guard (1...LegacyCodec.maximumDestinations).contains(message.destinations.count) else {
            throw refusal(
                "header-destinations-many", 19,
                "a message has one to \(LegacyCodec.maximumDestinations) destinations", "destination")
        }
        message.key.append(to: &bytes)
        bytes.append(.period)
        message.origin.append(to: &bytes)
        bytes.append(.period)
        for destination in message.destinations {
            append(destination)
            bytes.append(.period)
        }
        if let control = message.control {
            bytes.append(.asterisk)
            bytes.append(contentsOf: control.bytes)
            bytes.append(.period)
        }
        marker()
    }

    mutating func outputHeader(_ message: Message) throws(MessageError) {
        guard message.destinations.count == 1 else {
            throw refusal(
                "header-destinations-many", 19, "a delivered message has exactly one destination",
                "destination")
        }
        guard let stamps = message.stamps else {
            throw refusal("header-clock", 1, "a delivered message has two clock lines", "received")
        }
        message.key.append(to: &bytes)
        bytes.append(.period)
        message.origin.append(to: &bytes)
        newLine()
        try clock(stamps.received, "received")
        newLine()
        try clock(stamps.sent, "sent")
        bytes.append(.space)
        append(message.destinations[0])
        newLine()
        if let control = message.control {
            bytes.append(.asterisk)
            bytes.append(contentsOf: control.bytes)
            newLine()
        }
        marker()
    }

    private mutating func append(_ address: Address) {
        switch address {
        case .member(let code): code.append(to: &bytes)
        case .agency(let ori): ori.append(to: &bytes)
        }
    }

    private mutating func clock(_ line: ClockLine, _ field: String) throws(MessageError) {
        let written = Array("\(line.time) \(line.date) \(padded(ClockLine.wrapped(line.count), 5))".utf8)
        var reader = LegacyReader(written)
        guard let read = try? reader.clockLine(field: field), read == line, reader.at == written.count else {
            throw refusal("header-clock", 1, "a clock line reads `hh:mm mm/dd/yyyy nnnnn`", field)
        }
        bytes.append(contentsOf: written)
    }

    private mutating func marker() {
        bytes.append(contentsOf: [UInt8(ascii: "T"), UInt8(ascii: "X"), UInt8(ascii: "T")])
        newLine()
    }

    mutating func newLine() {
        bytes.append(.carriageReturn)
        bytes.append(.lineFeed)
    }

    mutating func append(_ string: String) { bytes.append(contentsOf: string.utf8) }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    func refusal(_ code: String, _ number: Int, _ why: String, _ field: String?) -> MessageError {
        MessageError(code: code, number: number, why: why, field: field)
    }
}
