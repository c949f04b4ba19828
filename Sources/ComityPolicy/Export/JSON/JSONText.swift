/// A JSON value, for the canonical form of policies. Numbers are whole: nothing in a policy is not.
indirect enum JSONText: Hashable, Sendable {
    case bool(Bool)
    case number(Int)
    case string(String)
    case array([JSONText])
    case object([String: JSONText])

    /// The canonical bytes (RFC 8785): keys in order, no spaces, as few escapes as possible.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .bool(let value): bytes += Array((value ? "true" : "false").utf8)
        case .number(let number): bytes += Array(String(number).utf8)
        case .string(let text): Self.quote(text, to: &bytes)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (place, value) in values.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let values):
            bytes.append(UInt8(ascii: "{"))
            let keys = values.keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
            for (place, key) in keys.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.quote(key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                values[key]?.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static let short: [UInt8: UInt8] = [
        0x08: UInt8(ascii: "b"), 0x09: UInt8(ascii: "t"), 0x0A: UInt8(ascii: "n"), 0x0C: UInt8(ascii: "f"),
        0x0D: UInt8(ascii: "r"), 0x22: UInt8(ascii: "\""), 0x5C: UInt8(ascii: "\\"),
    ]

    /// Writes a text in quotes.
    static func quote(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if let letter = short[byte] {
                bytes += [UInt8(ascii: "\\"), letter]
            } else if byte < 0x20 {
                let hex = String(byte, radix: 16)
                bytes += Array(("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8)
            } else {
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
