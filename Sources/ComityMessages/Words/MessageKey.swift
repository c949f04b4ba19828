/// The two or three capital letters that say what a message is, for example `DQ`.
///
/// Source: Nlets guide, "Message Structure".
public struct MessageKey: Hashable, Sendable {
    /// The letters as ASCII bytes, the first in the lowest byte; a two-letter key has a zero third byte.
    let packed: UInt32

    /// Reads two or three ASCII capitals; `nil` otherwise.
    public init?(_ bytes: some Sequence<UInt8>) {
        var packed: UInt32 = 0
        var count: UInt32 = 0
        for byte in bytes {
            guard count < 3, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) else { return nil }
            packed |= UInt32(byte) << (8 * count)
            count += 1
        }
        guard count >= 2 else { return nil }
        self.packed = packed
    }

    /// Reads a string of two or three capitals.
    public init?(_ text: String) { self.init(text.utf8) }

    init(known text: StaticString) {
        self.init(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))!
    }

    /// Appends the ASCII bytes.
    public func append(to bytes: inout [UInt8]) {
        var rest = packed
        while rest != 0 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}

extension MessageKey {
    /// Driver licence query and response.
    public static let dq = MessageKey(known: "DQ"), dr = MessageKey(known: "DR")
    /// Driver history query and response.
    public static let kq = MessageKey(known: "KQ"), kr = MessageKey(known: "KR")
    /// Vehicle registration query and response.
    public static let rq = MessageKey(known: "RQ"), rr = MessageKey(known: "RR")
    /// Regional forms of the driver and registration queries, and the older answer to the first.
    public static let dqg = MessageKey(known: "DQG"), rqg = MessageKey(known: "RQG"),
        drg = MessageKey(known: "DRG")
    /// Administrative, status and error message.
    public static let am = MessageKey(known: "AM"), aml = MessageKey(known: "AML")
    public static let sm = MessageKey(known: "SM"), er = MessageKey(known: "ER")
    /// The directory of agency IDs: query, response, add, modify, cancel.
    public static let tq = MessageKey(known: "TQ"), tr = MessageKey(known: "TR")
    public static let ta = MessageKey(known: "TA"), tu = MessageKey(known: "TU"),
        td = MessageKey(known: "TD")
    /// The archive: search and hit list, one message and its answer.
    public static let nlq = MessageKey(known: "NLQ"), nlr = MessageKey(known: "NLR")
    public static let nfq = MessageKey(known: "NFQ"), nfr = MessageKey(known: "NFR")
}

extension MessageKey: LosslessStringConvertible, Comparable, Codable {
    /// The letters.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Alphabetical order.
    public static func < (a: MessageKey, b: MessageKey) -> Bool { a.description < b.description }

    public init(from decoder: any Decoder) throws { self = try decoder.lossless("a message key") }

    public func encode(to encoder: any Encoder) throws { try encoder.lossless(self) }
}
