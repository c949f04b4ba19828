/// A name of 16 random bytes, given to something so that it can be found again and never be mistaken.
///
/// The bytes come from the caller: this room draws no random numbers.
public protocol RandomName: Hashable, Sendable, LosslessStringConvertible {
    /// The first eight bytes, read big-endian.
    var high: UInt64 { get }
    /// The last eight bytes, read big-endian.
    var low: UInt64 { get }

    init(high: UInt64, low: UInt64)
}

/// The name of one look-up. Its question and its closing carry it, here and in the peer's ledger.
public struct TransactionID: RandomName {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

/// The name of one accepted message. A message to five owners is five look-ups with one message name.
public struct MessageID: RandomName {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

extension RandomName {
    /// `nil` unless there are exactly 16 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        for (place, byte) in bytes.enumerated() {
            if place < 8 {
                words.0 = words.0 << 8 | UInt64(byte)
            } else {
                words.1 = words.1 << 8 | UInt64(byte)
            }
        }
        self.init(high: words.0, low: words.1)
    }

    /// The 16 bytes.
    public var bytes: [UInt8] {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
    }

    /// Reads 32 hexadecimal digits.
    public init?(_ text: String) {
        guard let bytes = Hex.bytes(text) else { return nil }
        self.init(bytes)
    }

    /// 32 hexadecimal digits in lower case.
    public var description: String { Hex.text(bytes) }
}

extension TransactionID {
    /// The place of a body that belongs to a message and to no look-up.
    public init(of message: MessageID) { self.init(high: message.high, low: message.low) }
}
