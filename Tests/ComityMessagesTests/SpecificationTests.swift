import ComityMessages
import FoundationEssentials
import Testing

/// One file of `Spec/messages`: bytes, and what is to be made of them.
struct Case: Decodable {
    let about: String
    let direction: String
    /// Whether the rules of the key are checked too.
    let rules: Bool
    let input: String?
    let inputHex: String?
    let expect: [String: JSONTree]
    /// How the message reads when it is written again.
    let written: String?

    init(file: String) throws {
        self = try JSONDecoder().decode(Case.self, from: Data(Repository.bytes(file)))
    }

    var bytes: [UInt8] {
        if let input { return Array(input.utf8) }
        let digits = (inputHex ?? "").compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    /// What this implementation makes of it.
    var report: MessageReport {
        let direction = Direction(rawValue: direction)
        do throws(MessageError) {
            return MessageReport(
                rules
                    ? try LegacyCodec.decodeChecked(bytes, direction: direction, tables: Repository.tables)
                    : try LegacyCodec.decode(bytes, direction: direction, tables: Repository.tables))
        } catch {
            return MessageReport(error)
        }
    }
}

@Suite("The cases of Spec/messages")
struct SpecificationTests {
    static let files = (try? Repository.files(in: "Spec/messages")) ?? []

    @Test("there are at least two hundred cases")
    func enough() {
        #expect(Self.files.count >= 200)
    }

    @Test(
        "every key of look-ups, of the directory and of the archive has cases in both directions, and every question of one a refusal"
    )
    func everyKey() throws {
        let families = [
            "motor-vehicle", "commercial", "boats", "snowmobiles", "aircraft", "archive", "directory",
        ]
        var sent: Set<MessageKey> = []
        var delivered: Set<MessageKey> = []
        var refused: Set<MessageKey> = []
        for file in Self.files {
            let example = try Case(file: file)
            if let message = example.report.message {
                if message.stamps == nil { sent.insert(message.key) } else { delivered.insert(message.key) }
            } else if let key = MessageKey(String(example.input?.prefix { $0 != "." } ?? "")) {
                refused.insert(key)
            }
        }
        for rule in Repository.tables.keys where families.contains(rule.family) {
            #expect(sent.contains(rule.key) && delivered.contains(rule.key), "\(rule.key)")
            if rule.requires != nil { #expect(refused.contains(rule.key), "\(rule.key)") }
        }
    }

    @Test("the case gives what it expects", arguments: files)
    func expected(file: String) throws {
        let example = try Case(file: file)
        let report = example.report
        let made = try JSONDecoder().decode(
            [String: JSONTree].self, from: try JSONEncoder().encode(report))
        // The words of a refusal may become better; everything else stands.
        #expect(made.filter { $0.key != "why" } == example.expect, "\(example.about)")
        if report.verdict == .reject { #expect(made["why"] != nil) }
        try checkAgain(report, example)
    }

    /// The report read back gives the message, and the message written gives the bytes of the case.
    private func checkAgain(_ report: MessageReport, _ example: Case) throws {
        let again = try JSONDecoder().decode(MessageReport.self, from: try JSONEncoder().encode(report))
        #expect(again.refusal == report.refusal)
        guard let message = report.message else { return }
        #expect(try again.message(tables: Repository.tables) == message)
        if let written = example.written {
            let bytes = try LegacyCodec.encode(message, direction: message.stamps == nil ? .input : .output)
            #expect(String(decoding: bytes, as: UTF8.self) == written)
        }
    }
}
