/// Short identifiers of capital letters and digits, kept as one integer: no allocation, cheap to compare.
@usableFromInline enum Base36 {
    /// The value of exactly `count` characters; `nil` if there are more, fewer or others.
    static func pack(_ bytes: some Sequence<UInt8>, count: Int) -> UInt64? {
        var value: UInt64 = 0
        var seen = 0
        for byte in bytes {
            guard seen < count, let digit = digit(byte) else { return nil }
            value = value * 36 + digit
            seen += 1
        }
        return seen == count ? value : nil
    }

    static func append(_ value: UInt64, count: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: count))
        var rest = value
        for index in stride(from: start + count - 1, through: start, by: -1) {
            bytes[index] = character(rest % 36)
            rest /= 36
        }
    }

    static func text(_ value: UInt64, count: Int) -> String {
        var bytes: [UInt8] = []
        append(value, count: count, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    private static func character(_ digit: UInt64) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + UInt8(digit) : UInt8(ascii: "A") + UInt8(digit - 10)
    }
}
