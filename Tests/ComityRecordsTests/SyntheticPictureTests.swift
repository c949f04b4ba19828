import ComityMessages
import ComityRecords
import Testing

import struct Foundation.Data

@Suite("Made-up pictures")
struct SyntheticPictureTests {
    let fixture: RecordFixture
    let source: SQLRecordSource

    init() throws {
        fixture = try RecordFixture()
        source = try fixture.source()
    }

    private func picture(_ person: Int) throws -> String {
        let number = fixture.population.keys(of: .wa, person: person).licence
        return try #require(source.licence(number, photo: true).found.first?.values("IMG").first)
    }

    @Test("A picture is a small PNG whose bytes say that it shows nobody")
    func form() throws {
        for person in 0..<60 {
            let bytes = Array(try #require(Data(base64Encoded: try picture(person))))
            #expect(bytes.count == 279)
            #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            #expect(String(decoding: bytes, as: UTF8.self).contains("SYNTHETIC PATTERN, SHOWS NOBODY"))
            #expect(chunks(bytes).map(\.name) == ["IHDR", "tEXt", "IDAT", "IEND"])
            #expect(chunks(bytes).allSatisfy { $0.isWhole })
        }
    }

    @Test("A picture is mirrored, so that nobody takes it for a face, and people have different ones")
    func pattern() throws {
        var seen: Set<String> = []
        for person in 0..<60 {
            let text = try picture(person)
            seen.insert(text)
            let data = chunks(Array(Data(base64Encoded: text)!))[2].content
            let rows = data.dropFirst(7).dropLast(4)
            #expect(rows.count == 160)
            for row in 0..<32 {
                let line = Array(rows.dropFirst(row * 5 + 1).prefix(4))
                #expect(line == line.reversed().map { $0 << 4 | $0 >> 4 })
            }
        }
        #expect(seen.count > 55)
    }

    private struct Chunk {
        let name: String
        let content: [UInt8]
        let isWhole: Bool
    }

    private func chunks(_ png: [UInt8]) -> [Chunk] {
        var chunks: [Chunk] = []
        var at = 8
        while at + 12 <= png.count {
            let length = number(png[at..<(at + 4)])
            guard at + 12 + length <= png.count else { break }
            let typed = Array(png[(at + 4)..<(at + 8 + length)])
            chunks.append(
                Chunk(
                    name: String(decoding: typed.prefix(4), as: UTF8.self),
                    content: Array(typed.dropFirst(4)),
                    isWhole: crc(typed) == number(png[(at + 8 + length)..<(at + 12 + length)])))
            at += 12 + length
        }
        return chunks
    }

    private func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    /// Bit by bit, without a table.
    private func crc(_ bytes: [UInt8]) -> Int {
        var crc: UInt32 = ~0
        for byte in bytes {
            for bit in 0..<8 {
                let low = (crc ^ UInt32(byte >> UInt8(bit))) & 1
                crc = crc >> 1 ^ (low == 1 ? 0xEDB8_8320 : 0)
            }
        }
        return Int(~crc)
    }
}
