import ComityMessages
import ComityTestSupport
import Testing

@Suite("The legacy codec, for random messages")
struct CodecPropertyTests {
    let tables = Repository.tables
    /// Random by day, and printed, so that a failure can be run again.
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))

    /// Tries to read; checks what must hold for every input; gives the message if there is one.
    @discardableResult
    func probe(_ bytes: [UInt8], _ direction: Direction?) -> Message? {
        do throws(MessageError) {
            let message = try LegacyCodec.decode(bytes, direction: direction, tables: tables)
            checkStable(message)
            return message
        } catch {
            #expect((0...bytes.count).contains(error.offset), "seed \(seed): \(error) for \(bytes)")
            #expect(!error.code.isEmpty && !error.why.isEmpty)
            return nil
        }
    }

    /// What was read can be written, and reads back the same.
    private func checkStable(_ message: Message) {
        let direction: Direction = message.stamps == nil ? .input : .output
        do throws(MessageError) {
            let bytes = try LegacyCodec.encode(message, direction: direction)
            let again = try LegacyCodec.decode(bytes, direction: direction, tables: tables)
            #expect(again == message, "seed \(seed)")
        } catch {
            // Lines may be longer when written, so a message near the limit may grow over it.
            #expect(error.code == "too-long", "seed \(seed): \(error) for \(message)")
        }
    }

    @Test("a written message reads back the same, in either direction and with the direction left open")
    func roundTrip() throws {
        print("seed \(seed)")
        var random = RandomMessages(seed: seed)
        var written = 0
        for round in 0..<2000 {
            let message = random.message(stamped: round.isMultiple(of: 2))
            let direction: Direction = message.stamps == nil ? .input : .output
            guard let bytes = try? LegacyCodec.encode(message, direction: direction) else { continue }
            written += 1
            for direction in [direction, nil] {
                do throws(MessageError) {
                    var read = try LegacyCodec.decode(bytes, direction: direction, tables: tables)
                    var expected = message
                    // Blank lines at the ends of a text and blanks at line ends are not carried.
                    (read.text, expected.text) = (tidy(read.text), tidy(expected.text))
                    #expect(read == expected, "seed \(seed)")
                } catch {
                    // The question keys take no other body than elements, and a text has none of those.
                    Issue.record("seed \(seed): \(error) for \(String(decoding: bytes, as: UTF8.self))")
                }
            }
        }
        #expect(written > 1000, "seed \(seed)")
    }

    private func tidy(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        return lines.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed()
            .joined(separator: "\n")
    }

    @Test("damaged messages never trap, and errors lie inside the input")
    func damage() throws {
        print("seed \(seed)")
        var random = RandomMessages(seed: seed)
        var refused = 0
        for round in 0..<3000 {
            let message = random.message(stamped: round.isMultiple(of: 2))
            let direction: Direction = message.stamps == nil ? .input : .output
            guard let bytes = try? LegacyCodec.encode(message, direction: direction) else { continue }
            if probe(random.damaged(bytes), random.pick([nil, .input, .output])) == nil { refused += 1 }
        }
        #expect(refused > 250, "seed \(seed)")
    }

    @Test("random bytes never trap")
    func noise() {
        print("seed \(seed)")
        var random = Seeded(seed)
        let heads = [
            "", "DQ.", "DR.OROLN0000\n10:15 11/23/2026 ", "DQ.CO0990100.OR.*", "DR.OROLN0000.CO.TXT",
        ]
        for _ in 0..<3000 {
            let tail = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            probe(Array(heads.randomElement(using: &random)!.utf8) + tail, nil)
        }
    }

    @Test("every beginning of a message is read or refused")
    func prefixes() throws {
        let question = Array(
            "DQ.CO0990100.OR.AZ.*A000000002.TXT\r\nNAM/EXAMPLE,PAT Q.DOB/19700101.SEX/F".utf8)
        let answer = Array(
            "DR.OROLN0000\r\n10:15 11/23/2026 00041\r\n10:15 11/23/2026 00107 CO0990100\r\n*A0001\r\nTXT\r\nNAM/X"
                .utf8)
        for whole in [question, answer] {
            for length in 0...whole.count {
                for direction in [nil, Direction.input, .output] { probe(Array(whole[..<length]), direction) }
            }
        }
    }
}
