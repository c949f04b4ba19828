import struct Foundation.Data

/// A made-up picture: 32 by 32 points, black and white, a mirrored pattern of squares. Nobody can take it for a face,
/// and its bytes say that it shows nobody.
struct SyntheticPicture {
    /// A PNG file of 279 bytes.
    let png: [UInt8]

    /// As the value of an element.
    var base64: String { Data(png).base64EncodedString() }

    /// - Parameter cells: the left half of the pattern: eight rows of four squares, one bit each.
    init(cells: UInt64) {
        var rows: [UInt8] = []
        rows.reserveCapacity(32 * 5)
        for row in 0..<8 {
            let bits = UInt8(truncatingIfNeeded: cells >> UInt64(row * 4)) & 0x0F
            let line = Self.line(bits)
            for _ in 0..<4 { rows += [0] + line }
        }
        let words = Array("Comment\0SYNTHETIC PATTERN, SHOWS NOBODY".utf8)
        png =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            // Width and height 32, one bit a point, grey, no interlacing.
            + Self.chunk("IHDR", [0, 0, 0, 32, 0, 0, 0, 32, 1, 0, 0, 0, 0]) + Self.chunk("tEXt", words)
            + Self.chunk("IDAT", Self.stored(rows)) + Self.chunk("IEND", [])
    }

    /// Four squares and their mirror image, four points wide each.
    private static func line(_ bits: UInt8) -> [UInt8] {
        func pair(_ left: UInt8, _ right: UInt8) -> UInt8 {
            (bits >> left & 1 == 1 ? 0xF0 : 0) | (bits >> right & 1 == 1 ? 0x0F : 0)
        }
        return [pair(3, 2), pair(1, 0), pair(0, 1), pair(2, 3)]
    }

    private static func chunk(_ name: StaticString, _ content: [UInt8]) -> [UInt8] {
        let typed = name.withUTF8Buffer { Array($0) } + content
        return bigEndian(UInt32(content.count)) + typed + bigEndian(crc(typed))
    }

    /// The zlib form of bytes that are not compressed: one stored block.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(bytes.count)
        let lengths = [count, ~count].flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        return [0x78, 0x01, 0x01] + lengths + bytes + bigEndian(adler(bytes))
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return b << 16 | a
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { crc, byte in crcTable[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ (crc >> 8) }
    }

    private static let crcTable: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
