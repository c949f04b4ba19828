import ComityMessages

/// A person's name in the form in which files are searched: `EXAMPLE,PAT Q`.
///
/// Source: Nlets guide, driver history: last, comma, optional space, first, space, middle, space, suffix.
package struct PersonName: Hashable, Sendable {
    /// Last and first name: `EXAMPLE,PAT`.
    package let lastAndFirst: String
    /// The whole: `EXAMPLE,PAT Q`. Equal to `lastAndFirst` if no middle name is given.
    package let full: String

    /// Whether a middle name or suffix is given; without one, any matches.
    package var hasMiddle: Bool { full.utf8.count > lastAndFirst.utf8.count }

    /// Reads a name; `nil` without a comma or without a last or first name.
    package init?(_ text: String) {
        let halves = text.split(separator: ",", omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let last = NormalText.of(halves[0])
        let given = NormalText.of(halves[1])
        guard !last.isEmpty, let first = given.split(separator: " ").first else { return nil }
        lastAndFirst = last + "," + first
        full = last + "," + given
    }
}

/// A birth date as it is asked: one day, or with a year of two digits the same day in either century.
package struct BirthDate: Hashable, Sendable {
    /// `ccyymmdd`, once or twice.
    package let candidates: [String]

    /// Reads `ccyymmdd` or `mmddyy`; `nil` if there is no such day.
    package init?(_ text: String) {
        switch text.utf8.count {
        case 8: candidates = [text]
        case 6: candidates = ["19", "20"].map { $0 + text.suffix(2) + text.prefix(4) }
        default: return nil
        }
        guard candidates.contains(where: Self.isDay) else { return nil }
    }

    private static func isDay(_ text: String) -> Bool {
        let digits = text.utf8.map { Int($0) - 48 }
        guard digits.allSatisfy((0...9).contains) else { return false }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        return Day(year: number(0..<4), month: number(4..<6), day: number(6..<8)) != nil
    }
}

/// Text in the form in which files are searched: ASCII capitals, no blanks at the ends, single blanks inside.
enum NormalText {
    static func of(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ $0 > 0x20 && !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) {
            return String(text)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte <= 0x20 {
                if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
            } else {
                bytes.append((UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte)
            }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
