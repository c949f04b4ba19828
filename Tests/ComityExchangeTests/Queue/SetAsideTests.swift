import ComityExchange
import ComityLedger
import ComityMessages
import Testing

@Suite("Messages over which a link breaks again and again")
struct SetAsideTests {
    /// A link breaks over every connection on which it gets a message with the word POISON.
    private func breaking(_ world: inout World, connection: inout UInt64, times: Int) {
        for _ in 0..<times {
            connection += 1
            world.open(connection, link: "TX", received: 0)
            world.wait(.seconds(70))
            world.close(connection)
        }
    }

    @Test("the first break is forgiven; then it is offered alone, after 1, 2, 4 seconds")
    func backOff() {
        var world = RelayTests.world()
        world.open(1)
        world.open(2, link: "TX")
        world.send(RelayTests.am("TX", control: 1, text: "POISON"))
        world.send(RelayTests.am("TX", control: 2, text: "GOOD"))
        world.close(2)
        world.open(3, link: "TX")
        #expect(world.messages(to: 3).map(\.text) == ["POISON", "GOOD"])
        world.close(3)
        world.open(4, link: "TX")
        #expect(world.messages(to: 4).isEmpty)
        world.wait(.milliseconds(999))
        #expect(world.messages(to: 4).isEmpty)
        world.wait(.milliseconds(1))
        #expect(world.messages(to: 4).map(\.text) == ["POISON"])
        world.close(4)
        world.open(5, link: "TX")
        world.wait(.milliseconds(1999))
        #expect(world.messages(to: 5).isEmpty)
        world.wait(.milliseconds(1))
        #expect(world.messages(to: 5).map(\.text) == ["POISON"])
        // It was the line after all.
        world.acknowledge(5, through: 1)
        #expect(world.messages(to: 5).map(\.text) == ["POISON", "GOOD"])
    }

    @Test("after eight breaks it is set aside, a notice takes its number, and what came after it goes on")
    func setAside() throws {
        var world = RelayTests.world()
        world.open(1)
        var connection: UInt64 = 10
        world.send(RelayTests.am("TX", control: 1, text: "POISON"))
        world.send(RelayTests.am("TX", control: 2, text: "GOOD"))
        breaking(&world, connection: &connection, times: 8)
        world.wait(.zero)
        #expect(world.exchange.setAside.map(\.attempts) == [8])
        #expect(world.exchange.setAside.first?.link == "TX")
        #expect(world.exchange.setAside.first?.agency == ORI("CO0010100"))
        world.open(50, link: "TX")
        world.wait(.zero)
        let got = world.messages(to: 50)
        try #require(got.map(\.key) == [.sm, .am] && world.numbers(to: 50) == [1, 2])
        #expect(got[0].text.hasPrefix("SET-ASIDE AM number 1") && got[1].text == "GOOD")
        world.acknowledge(50, through: 2)
        // A person has it sent again: marked, and once.
        let id = try #require(world.exchange.setAside.first?.id)
        try world.decide(setAside: id, release: true)
        world.wait(.zero)
        let again = try #require(world.messages(to: 50).last)
        #expect(again.text.hasPrefix("REPEAT: this message was sent before"))
        #expect(again.text.hasSuffix("POISON"))
        #expect(world.exchange.setAside.isEmpty)
        #expect(throws: SetAsideFault.notSetAside) { try world.decide(setAside: id, release: true) }
        #expect(world.reasons.contains("set-aside") && world.reasons.contains("sent-again"))
    }

    @Test(
        "after a restart it is still set aside, its number still holds the notice, and it can be thrown away")
    func restart() throws {
        var world = RelayTests.world()
        world.open(1)
        var connection: UInt64 = 10
        world.send(RelayTests.am("TX", control: 1, text: "POISON"))
        world.send(RelayTests.am("TX", control: 2, text: "GOOD"))
        breaking(&world, connection: &connection, times: 8)
        world.wait(.zero)
        var next = RelayTests.world()
        next.now = world.now
        next.takeUp(world.remains(keeping: world.appends.count))
        next.open(2, link: "TX")
        #expect(next.messages(to: 2).map(\.key) == [.sm, .am])
        let id = try #require(next.exchange.setAside.first?.id)
        try next.decide(setAside: id, release: false)
        #expect(next.exchange.setAside.isEmpty && next.reasons == ["discarded"])
        next.wait(.seconds(100_000))
        #expect(next.messages(to: 2).count == 2)
    }

    @Test("a link that takes a new session each time does not hide over what it breaks")
    func newSessions() {
        var world = RelayTests.world()
        world.open(1)
        world.send(RelayTests.am("TX", control: 1, text: "POISON"))
        for number in 1...8 {
            world.open(UInt64(10 + number), link: "TX", session: "n\(number)")
            world.wait(.seconds(70))
            world.close(UInt64(10 + number))
        }
        world.wait(.zero)
        #expect(world.exchange.setAside.count == 1)
    }

    @Test("a question is not sent again: its look-up has ended, and an answer would match nothing")
    func question() throws {
        var world = ServiceTests.gateway()
        world.open(1)
        world.open(2, link: "TX")
        world.send("DQ.CO0010100.TX.*A000000001.TXT\r\nOLN/X0000001")
        world.close(2)
        var connection: UInt64 = 10
        breaking(&world, connection: &connection, times: 7)
        world.wait(.zero)
        let id = try #require(world.exchange.setAside.first?.id)
        #expect(throws: SetAsideFault.lookupEnded) { try world.decide(setAside: id, release: true) }
        #expect(world.closings("TX").map(\.ending) == [.noAnswer])
    }
}
