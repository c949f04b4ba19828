package import ComityLedger

/// What people call a look-up: the first 64 bits of its transaction id, `A91C-03BF-77E0-12AB`.
package struct Reference: Hashable, Sendable, LosslessStringConvertible {
    /// The bits.
    package let bits: UInt64

    package init(_ id: TransactionID) { bits = id.high }

    /// Reads four groups of hexadecimal digits, with or without hyphens, in either case.
    package init?(_ text: String) {
        let digits = text.filter { $0 != "-" }
        guard digits.count == 16, let bits = UInt64(digits, radix: 16), !text.hasPrefix("+") else {
            return nil
        }
        self.bits = bits
    }

    package var description: String {
        String(unsafeUninitializedCapacity: 19) { text in
            var place = 0
            for digit in 0..<16 {
                if digit > 0, digit % 4 == 0 {
                    text[place] = UInt8(ascii: "-")
                    place += 1
                }
                let value = UInt8(truncatingIfNeeded: bits >> UInt64(60 - 4 * digit)) & 15
                text[place] = value < 10 ? 0x30 + value : 0x37 + value
                place += 1
            }
            return place
        }
    }
}
