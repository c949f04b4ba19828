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
        let digits = String(bits, radix: 16, uppercase: true)
        let all = Array(String(repeating: "0", count: 16 - digits.count) + digits)
        return stride(from: 0, to: 16, by: 4).map { String(all[$0..<$0 + 4]) }.joined(separator: "-")
    }
}
