/// The classes of byte that the legacy text knows.
extension UInt8 {
    /// Ignored wherever it stands: carriage return, line feed, delete and the rest below the space.
    var isControl: Bool { self < 0x20 || self == 0x7F }

    var isCapital: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// A character of an ORI or member code.
    var isCode: Bool { isCapital || isDigit }

    static let space = UInt8(ascii: " ")
    static let period = UInt8(ascii: ".")
    static let slash = UInt8(ascii: "/")
    static let asterisk = UInt8(ascii: "*")
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
}

/// The sizes of an element prefix, without its slash.
let prefixLengths = 2...10

/// The position after the slash, if a prefix and its slash stand at `start`.
func afterPrefix(_ bytes: [UInt8], at start: Int, end: Int) -> Int? {
    var at = start
    while at < end, bytes[at].isCapital { at += 1 }
    guard at < end, bytes[at] == .slash, prefixLengths.contains(at - start) else { return nil }
    return at + 1
}
