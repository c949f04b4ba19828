/// A plate of which a part is known: `TST00*`, `T?T0001`, `*001`.
///
/// `*` stands for any number of characters, also none, `?` for exactly one. Without a sign it is the whole plate.
package struct PlatePattern: Hashable, Sendable {
    /// Capitals, digits and the two signs; the same for SQLite's `GLOB`.
    package let text: String

    /// Reads a pattern; `nil` if it holds anything else, or nothing that is known.
    package init?(_ text: String) {
        let normal = NormalText.of(text)
        guard normal.utf8.allSatisfy({ Self.isKnown($0) || Self.isSign($0) }),
            normal.utf8.contains(where: Self.isKnown)
        else { return nil }
        self.text = normal
    }

    /// What stands before the first sign: where a sorted index begins to be read.
    var beginning: String { String(text.prefix { $0 != "*" && $0 != "?" }) }

    /// The first and last plate of a sorted index that the pattern can cover.
    var bounds: (from: String, to: String) { (beginning, beginning + "\u{10FFFF}") }

    private static func isKnown(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?")
    }
}
