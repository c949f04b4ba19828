import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite struct RequirementTests {
    private func world() throws -> World {
        let read = ExampleWorld.read(
            """
            policy WA "Test" version 1 effective 2026-01-15
            share S "All" give everything to everybody law "none"
            require Q "Say why" carry case-number from everybody law "none"
            notify N "Tell" owner within 1 day after asked from everybody law "none"
            """)
        var world = World(policies: [try #require(read.policy, "\(read.diagnostics)")])
        world.open(1)
        return world
    }

    @Test(
        "what must be carried and is missing: refused, the source is not asked, the asker is told what to add"
    )
    func missing() throws {
        var world = try world()
        world.send("DQ.CO0010100.WA.*A000000001.TXT\r\nOLN/X0000001")
        #expect(world.asked.isEmpty)
        let text = try #require(world.messages().first).text
        #expect(text.contains("To obtain it: state the case number."))
        let entry = try #require(world.questions("WA").first)
        #expect(entry.gate == .refused && entry.deciding == ["Q"] && entry.duties == ["N"])
    }

    @Test("with it, the look-up is answered; the duty stands in the entry all the same")
    func carried() throws {
        var world = try world()
        world.send("DQ.CO0010100.WA.*A000000001.TXT\r\nCASE/1.OLN/X0000001")
        #expect(world.asked.count == 1)
        let entry = try #require(world.questions("WA").first)
        #expect(entry.gate == .open && entry.duties == ["N"])
    }
}
