import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

/// Limits are counted by the exchange; that one is exceeded is a recorded fact of the look-up.
@Suite struct LimitTests {
    private func world(_ limit: String, more: String = "") throws -> World {
        let read = ExampleWorld.read(
            """
            policy WA "Test" version 1 effective 2026-01-15
            share S "All" give everything to everybody law "none"
            limit L "Enough" \(limit) from everybody law "none"
            \(more)
            """)
        var world = World(policies: [try #require(read.policy, "\(read.diagnostics)")])
        world.open(1)
        return world
    }

    private let two = "at most 2 look-ups in a day for each agency otherwise refuse"

    /// Asks Washington for a licence; the control field makes each message another.
    private func ask(
        _ world: inout World, as agency: String = "CO0010100", number: String = "X0000001", _ serial: Int
    ) {
        let control = "A" + String(repeating: "0", count: 9 - String(serial).count) + String(serial)
        world.send("DQ.\(agency).WA.*\(control).TXT\r\nOLN/\(number)")
    }

    private func gates(_ world: World) -> [QuestionEntry.Gate] { world.questions("WA").map(\.gate) }

    @Test("the look-up beyond the limit is refused, and everybody else is answered as before")
    func beyond() throws {
        var world = try world(two)
        for serial in 1...4 { ask(&world, serial) }
        #expect(gates(world) == [.open, .open, .refused, .refused])
        #expect(world.questions("WA")[2].deciding == ["L"])
        #expect(world.asked.count == 2, "a refused look-up asked the source")
        ask(&world, as: "TX0010100", 5)
        #expect(gates(world).last == .open)
    }

    @Test("the next day counts anew")
    func nextDay() throws {
        var world = try world(two)
        for serial in 1...3 { ask(&world, serial) }
        world.wait(.seconds(24 * 3600))
        ask(&world, 4)
        #expect(gates(world) == [.open, .open, .refused, .open])
    }

    @Test("look-ups that other rules refuse count too")
    func refusedOnesCount() throws {
        var world = try world(
            two, more: "refuse R \"Say why\" from everybody when case-number missing law \"none\"")
        for serial in 1...2 { ask(&world, serial) }
        world.send("DQ.CO0010100.WA.*A000000003.TXT\r\nCASE/1.OLN/X0000001")
        #expect(world.questions("WA").map(\.deciding) == [["R"], ["R"], ["L"]])
    }

    @Test("a repeated message does not count")
    func repeated() throws {
        var world = try world(two)
        for _ in 1...5 { ask(&world, 1) }
        ask(&world, 2)
        ask(&world, 3)
        #expect(gates(world) == [.open, .open, .refused])
    }

    @Test("agencies of a family that the rule names count together, and those tied to it with them")
    func family() throws {
        let read = ExampleWorld.read(
            """
            policy WA "Test" version 1 effective 2026-01-15
            share S "All" give everything to everybody law "none"
            limit L "Enough" at most 2 look-ups in a day for each family otherwise refuse
              from family US.DHS law "none"
            """)
        var world = World(policies: [try #require(read.policy, "\(read.diagnostics)")])
        world.open(1)
        for (serial, agency) in ["DXICE0100", "DXCBP0100", "DXSHERIF1", "CO0010100"].enumerated() {
            ask(&world, as: agency, serial)
        }
        #expect(gates(world) == [.open, .open, .refused, .open])
    }

    @Test("look-ups about one person count together, whoever asks; beyond the limit a desk looks at them")
    func subject() throws {
        var world = try world(
            "at most 1 look-ups in a month for each subject otherwise hold desk \"Desk\" within 1 hours otherwise refuse"
        )
        ask(&world, 1)
        ask(&world, as: "TX0010100", 2)
        ask(&world, as: "TX0010100", number: "X0000002", 3)
        #expect(gates(world) == [.open, .held, .open])
    }

    @Test("that a limit was exceeded is recorded, and judging the entry again gives the same")
    func recorded() throws {
        var world = try world(two)
        for serial in 1...3 { ask(&world, serial) }
        for (entry, over) in zip(world.questions("WA"), [[], [], ["WA L"]]) {
            let facts = try #require(
                FactVector(
                    codes: entry.facts.map(FactCode.init), owner: MemberCode("WA")!,
                    taxonomy: ExampleWorld.taxonomy))
            #expect(facts.over.map(\.description) == over)
            #expect(
                QuestionEntry.Gate(world.exchange.rulebook.judgeQuestion(facts).judgement.gate) == entry.gate)
        }
    }

    @Test("a new process that counts what the ledger holds goes on where the last one stopped")
    func restarted() throws {
        for limit in [two, "at most 2 look-ups in a month for each subject otherwise refuse"] {
            var old = try world(limit)
            for serial in 1...2 { ask(&old, serial) }
            var new = try world(limit)
            let since = try #require(new.exchange.limitsCountSince(new.now))
            #expect(since <= new.now && new.now - since < .seconds(31 * 86_400))
            for (entry, body) in old.bodies { new.exchange.countEarlier(entry) { body.raw } }
            ask(&new, 3)
            #expect(gates(new) == [.refused])
        }
    }

    @Test("without a limit nothing need be read at a start")
    func none() {
        #expect(World(policies: []).exchange.limitsCountSince(Timestamp("2026-11-02T15:00:00Z")!) == nil)
    }
}
