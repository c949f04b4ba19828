/// One unit of Comity's own wire profile, between a link's two ends (see `docs/wire-profile.md`).
///
/// On the wire: four bytes of length (big-endian, counting what follows them), one byte of type, then the
/// payload. No public document describes how Nlets frames messages on TCP, so this profile is Comity's own.
public enum Frame: Hashable, Sendable {
    /// Switch to link: 32 random bytes, to be answered by `signOn`.
    case challenge([UInt8])
    /// Link to switch: a JSON object (`SignOn`).
    case signOn([UInt8])
    /// Switch to link: a JSON object (`Welcome`).
    case welcome([UInt8])
    /// Either way: one message with its sequence number, and the highest number durably received.
    case message(sequence: UInt64, acknowledged: UInt64, bytes: [UInt8])
    /// Either way: every message up to this number is durable at the sender of this frame.
    case acknowledge(UInt64)
    /// Either way: still there; acknowledges too.
    case heartbeat(UInt64)
    /// Switch to link: a JSON object (`Notice`) saying what was wrong; the link stays or closes as it says.
    case notice([UInt8])
    /// Either way: the sender closes in good order and sends nothing more.
    case bye
}

/// The number of bytes of a frame's parts.
public enum FrameSize {
    /// The length field.
    public static let length = 4
    /// Type, sequence and acknowledgement before a message's bytes.
    public static let messageHeader = 1 + 8 + 8
    /// The largest length field that a receiver accepts: a message of `LegacyCodec.maximumLength` (14,400
    /// characters, Nlets guide, "Communicating with Canada") with room for images later. A larger one is
    /// refused before anything is stored.
    public static let maximum = 64 * 1024
    /// The largest control frame (everything but `message`).
    public static let controlMaximum = 4096
}

/// Why a stream of bytes is not a stream of frames. The link cannot be read any further.
public enum FrameError: Error, Hashable, Sendable {
    /// The length field says more than the receiver accepts.
    case tooLong(length: Int, maximum: Int)
    /// No room for a type byte.
    case empty
    /// A type byte that the profile does not know.
    case unknownType(UInt8)
    /// The payload is too short or too long for its type.
    case malformed(type: UInt8, length: Int)
}

extension FrameError: CustomStringConvertible {
    /// What was wrong, with no byte of the content.
    public var description: String {
        switch self {
        case .tooLong(let length, let maximum):
            "a frame of \(length) bytes is longer than the \(maximum) bytes that this link accepts"
        case .empty: "a frame of length 0 has no type"
        case .unknownType(let type): "frame type 0x\(String(type, radix: 16)) is not part of the profile"
        case .malformed(let type, let length):
            "a frame of type 0x\(String(type, radix: 16)) cannot have \(length) bytes"
        }
    }
}
