extension Frame {
    private enum Kind {
        static let challenge = UInt8(ascii: "C")
        static let signOn = UInt8(ascii: "S")
        static let welcome = UInt8(ascii: "W")
        static let message = UInt8(ascii: "M")
        static let acknowledge = UInt8(ascii: "A")
        static let heartbeat = UInt8(ascii: "H")
        static let notice = UInt8(ascii: "N")
        static let bye = UInt8(ascii: "B")
    }

    /// The type byte of `message`, for readers that take such frames out of their buffers by themselves.
    public static let messageType = Kind.message

    /// The number of random bytes of a challenge.
    public static let challengeLength = 32

    /// Whether a length field may be believed. Called as soon as four bytes are there, before more is read.
    public static func check(length: Int) throws(FrameError) {
        if length == 0 { throw .empty }
        if length > FrameSize.maximum { throw .tooLong(length: length, maximum: FrameSize.maximum) }
    }

    /// Reads what follows a length field.
    public init(body: some RandomAccessCollection<UInt8>) throws(FrameError) {
        guard let type = body.first else { throw .empty }
        let payload = body.dropFirst()
        let wrong = FrameError.malformed(type: type, length: body.count)
        guard type == Kind.message || body.count <= FrameSize.controlMaximum else { throw wrong }
        switch type {
        case Kind.challenge:
            guard payload.count == Self.challengeLength else { throw wrong }
            self = .challenge(Array(payload))
        case Kind.signOn: self = .signOn(Array(payload))
        case Kind.welcome: self = .welcome(Array(payload))
        case Kind.message:
            guard payload.count > 16 else { throw wrong }
            self = .message(
                sequence: Self.number(payload.prefix(8)),
                acknowledged: Self.number(payload.dropFirst(8).prefix(8)),
                bytes: Array(payload.dropFirst(16)))
        case Kind.acknowledge:
            guard payload.count == 8 else { throw wrong }
            self = .acknowledge(Self.number(payload))
        case Kind.heartbeat:
            guard payload.count == 8 else { throw wrong }
            self = .heartbeat(Self.number(payload))
        case Kind.notice: self = .notice(Array(payload))
        case Kind.bye:
            guard payload.isEmpty else { throw wrong }
            self = .bye
        default: throw .unknownType(type)
        }
    }

    /// Appends the frame, length field first.
    public func append(to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: [0, 0, 0, 0])
        switch self {
        case .challenge(let payload): Self.put(Kind.challenge, payload, in: &bytes)
        case .signOn(let payload): Self.put(Kind.signOn, payload, in: &bytes)
        case .welcome(let payload): Self.put(Kind.welcome, payload, in: &bytes)
        case .message(let sequence, let acknowledged, let payload):
            bytes.append(Kind.message)
            Self.put(sequence, in: &bytes)
            Self.put(acknowledged, in: &bytes)
            bytes.append(contentsOf: payload)
        case .acknowledge(let number):
            bytes.append(Kind.acknowledge)
            Self.put(number, in: &bytes)
        case .heartbeat(let number):
            bytes.append(Kind.heartbeat)
            Self.put(number, in: &bytes)
        case .notice(let payload): Self.put(Kind.notice, payload, in: &bytes)
        case .bye: bytes.append(Kind.bye)
        }
        let length = UInt32(bytes.count - start - FrameSize.length)
        for index in 0..<4 {
            bytes[start + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32(index)))
        }
    }

    private static func put(_ kind: UInt8, _ payload: [UInt8], in bytes: inout [UInt8]) {
        bytes.append(kind)
        bytes.append(contentsOf: payload)
    }

    private static func put(_ number: UInt64, in bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private static func number(_ bytes: some Collection<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
