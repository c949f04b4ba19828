/// Base 64 as RFC 4648, section 4 has it: with padding, and in one form only.
enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// Four digits for every three bytes, padded with `=`.
    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var place = 0
        while place < bytes.count {
            let left = min(3, bytes.count - place)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < left ? UInt32(bytes[place + offset]) : 0) }
            for digit in 0..<4 {
                text.append(digit <= left ? digits[Int(group >> UInt32(18 - 6 * digit) & 63)] : 0x3D)
            }
            place += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `nil` unless the text is the one that `text` writes: no blanks, no missing padding, no bits left over.
    static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        let padding = text.suffix(2).reversed().prefix { $0 == 0x3D }.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var (group, held): (UInt32, UInt32) = (0, 0)
        for digit in text.dropLast(padding) {
            let value = values[Int(digit)]
            guard value < 64 else { return nil }
            group = group << 6 | UInt32(value)
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: group >> held))
            }
        }
        // What is left over of the last digit must be zero, or two texts would mean the same bytes.
        guard group & (1 << held - 1) == 0 else { return nil }
        return bytes
    }
}
