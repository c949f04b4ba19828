import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

/// To be refused because a record is protected is to learn that it is. Where the owner wants it, such a refusal is
/// the very answer of a look-up that found nothing.
@Suite struct NeutralAnswerTests {
    private static let everything = "share S \"All\" give everything to everybody law \"none\""
    private static let protected = "refuse R \"Protected\" from everybody when protected-person is yes"

    private func world(_ rules: String, header: String = "", record: RecordAnswer) throws -> World {
        let read = ExampleWorld.read(
            """
            policy WA "Test" version 1 effective 2026-01-15 \(header)
            \(rules)
            """)
        var world = World(policies: [try #require(read.policy, "\(read.diagnostics)")])
        world.source = { _ in record }
        world.open(1)
        world.send("DQ.CO0010100.WA.*A000000001.TXT\r\nOLN/X0000001")
        return world
    }

    private let found = RecordAnswer.records([
        VehicleRecord(elements: World.record.elements, facts: ["protected-person": "yes", "minor": "no"])
    ])

    @Test(
        "every byte that the asker gets is that of a look-up that found nothing",
        arguments: [
            ("\(everything)\n\(protected) answer as not-on-file law \"none\"", ""),
            ("\(everything)\n\(protected) law \"none\"", "record-refusals as not-on-file"),
            // All that is left after what is withheld from everybody is taken because of the record.
            (
                "\(everything)\nwithhold A \"Home\" keep address from everybody law \"none\"\n"
                    + "withhold B \"Rest\" keep identity, description, licence, status, photo, ssn, document, safety "
                    + "from everybody when protected-person is yes law \"none\"",
                "record-refusals as not-on-file"
            ),
            // Shared only if the record says that it may be.
            (
                "share S \"Ordinary\" give everything to everybody when protected-person is no law \"none\"",
                "record-refusals as not-on-file"
            ),
        ])
    func same(rules: String, header: String) throws {
        let refused = try world(rules, header: header, record: found)
        let nothing = try world(rules, header: header, record: .records([]))
        if case .records(let records) = found {
            let first = try world(rules, header: header, record: .firstRecords(records))
            #expect(first.frames == nothing.frames)
        }
        #expect(refused.frames == nothing.frames && !refused.frames.isEmpty)
        #expect(refused.messages()[0].text.contains("NOT ON FILE"))
        #expect(refused.asked.count == 1 && nothing.asked.count == 1)
        // The owner's ledger says what it was.
        #expect(refused.closings("WA").map(\.ending) == [.refusedOnAnswer])
        #expect(nothing.closings("WA").map(\.ending) == [.release])
        #expect(refused.closings("WA")[0].given == 0)
    }

    @Test("where the owner does not want it, the refusal is told as one")
    func told() throws {
        let world = try world("\(Self.everything)\n\(Self.protected) law \"none\"", record: found)
        #expect(world.messages()[0].statusLine.contains("REFUSED"))
    }

    @Test("a refusal that needs no record is told as one")
    func otherRefusals() throws {
        let rules =
            "\(Self.everything)\n\(Self.protected) law \"none\"\nrefuse N \"No\" from kind city, county law \"none\""
        let world = try world(rules, header: "record-refusals as not-on-file", record: found)
        #expect(world.asked.isEmpty && world.messages()[0].statusLine.contains("REFUSED"))
    }
}
