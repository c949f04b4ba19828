import ComityMessages
import FoundationEssentials
import Testing

@Suite("Every key, by random messages that keep its rules")
struct EveryKeyTests {
    let tables = Repository.tables
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))

    @Test("a message that keeps the rules is accepted, and its output re-read gives the same message")
    func accepted() throws {
        print("seed \(seed)")
        var random = RandomMessages(seed: seed)
        for rule in tables.keys {
            for _ in 0..<40 {
                let message = random.valid(rule, tables: tables)
                do throws(MessageError) {
                    let bytes = try LegacyCodec.encode(message, direction: .input)
                    for direction in [Direction.input, nil] {
                        let read = try LegacyCodec.decodeChecked(bytes, direction: direction, tables: tables)
                        #expect(read == message, "seed \(seed)")
                    }
                } catch {
                    Issue.record("seed \(seed): \(error) for \(message)")
                }
            }
        }
    }

    @Test("as it is delivered, to each destination, it reads the same but for header and clock lines")
    func delivered() throws {
        print("seed \(seed)")
        var random = RandomMessages(seed: seed)
        for rule in tables.keys {
            for _ in 0..<20 {
                let message = random.valid(rule, tables: tables)
                for destination in message.destinations {
                    var copy = message
                    copy.destinations = [destination]
                    copy.stamps = Stamps(received: random.clockLine(), sent: random.clockLine())
                    let bytes = try LegacyCodec.encode(copy, direction: .output)
                    for direction in [Direction.output, nil] {
                        #expect(
                            try LegacyCodec.decode(bytes, direction: direction, tables: tables) == copy,
                            "seed \(seed)")
                    }
                }
            }
        }
    }

    @Test("its report as JSON gives the same message")
    func reported() throws {
        print("seed \(seed)")
        var random = RandomMessages(seed: seed)
        for rule in tables.keys {
            for _ in 0..<5 {
                let message = random.valid(rule, tables: tables)
                let json = try JSONEncoder().encode(MessageReport(message))
                let report = try JSONDecoder().decode(MessageReport.self, from: json)
                #expect(try report.message(tables: tables) == message, "seed \(seed)")
            }
        }
    }

    @Test("a question with one element of a needed set taken away, or one doubled, is refused with a number")
    func broken() throws {
        print("seed \(seed)")
        var random = RandomMessages(seed: seed)
        var refused = 0
        for rule in tables.keys {
            for set in rule.requires ?? [] {
                for prefix in set {
                    var message = random.valid(rule, tables: tables)
                    // A question to a region needs less.
                    guard set.allSatisfy({ message.value($0) != nil }),
                        rule.regional == nil || !message.isRegional(tables: tables)
                    else { continue }
                    let whole = message
                    message.elements.removeAll { $0.prefix == prefix }
                    let others = (rule.requires ?? []).filter { $0 != set }
                    if !others.contains(where: { $0.allSatisfy { message.value($0) != nil } }) {
                        refused += refusal(message) == nil ? 0 : 1
                        #expect(refusal(message)?.number != nil, "seed \(seed): \(prefix) of \(rule.key)")
                    }
                    message = whole
                    message.elements.append(message.elements[0])
                    #expect(refusal(message)?.code == "element-repeated", "seed \(seed): \(rule.key)")
                }
            }
        }
        #expect(refused > 15, "seed \(seed)")
    }

    private func refusal(_ message: Message) -> MessageError? {
        do throws(MessageError) {
            try MessageRules.check(message, tables: tables)
            return nil
        } catch { return error }
    }
}
