import ComityExchange
import ComityLedger
import ComityMessages
import Testing

@Suite("Administrative messages: recorded, put to the links of their destinations, or into the queue")
struct RelayTests {
    /// A terminal of the switch, and the lines of three states; E1 has Wisconsin, which has none here.
    static func world(change: (inout ExchangeSettings) -> Void = { _ in }) -> World {
        World(
            links: [World.terminal]
                + ["CO", "OR", "TX"].map { state in
                    LinkPermit(name: state, speaksFor: Speakers(members: [MemberCode(state)!]))
                }, change: change)
    }

    static func am(_ to: String, control: Int = 1, key: String = "AM", text: String = "PLEASE CALL") -> String
    {
        "\(key).CO0010100.\(to).*A\(String(control + 1_000_000_000).dropFirst()).TXT\r\n\(text)"
    }

    @Test(
        "an AM to a state and to one of its agencies: a copy for each, recorded and durable before anything goes out"
    )
    func recorded() throws {
        var world = Self.world()
        world.open(1)
        world.open(2, link: "TX")
        world.confirmsAtOnce = false
        world.send(Self.am("TX.TX0010000"))
        #expect(world.messages(to: 2).isEmpty && world.acknowledged.isEmpty)
        world.confirm()
        #expect(world.acknowledged == [1])
        let copies = world.messages(to: 2)
        #expect(copies.map(\.key) == [.am, .am])
        #expect(copies.map(\.text) == ["PLEASE CALL", "PLEASE CALL"])
        #expect(copies.map(\.origin) == [ORI("CO0010100")!, ORI("CO0010100")!])
        #expect(copies.flatMap(\.destinations).map(\.description) == ["TX", "TX0010000"])
        let relays = world.entries("operations").compactMap {
            if case .relay(let entry) = $0 { entry } else { nil }
        }
        #expect(relays.map(\.destinations) == [["TX", "TX0010000"]])
        #expect(relays.first?.key == "AM" && relays.first?.agency == "CO0010100")
        #expect(world.messages(to: 1).isEmpty, "nothing is to be reported")
    }

    @Test("whose link is not connected gets it when it signs on, once, also if it never had")
    func queued() {
        var world = Self.world()
        world.open(1)
        world.send(Self.am("OR"))
        #expect(world.messages(to: 1).isEmpty)
        world.wait(.seconds(600))
        world.open(3, link: "OR")
        world.wait(.zero)
        #expect(world.messages(to: 3).map(\.text) == ["PLEASE CALL"])
        world.acknowledge(3, through: 1)
        world.close(3)
        world.open(4, link: "OR", received: 1)
        world.wait(.seconds(1))
        #expect(world.messages(to: 4).isEmpty)
    }

    @Test("a region is each of its members, and the sender is told of those that no link speaks for")
    func region() throws {
        var world = Self.world()
        world.open(1)
        world.open(2, link: "OR")
        let region = try #require(World.tables.region(of: MemberCode("OR")!))
        world.send(Self.am(region.description))
        #expect(world.messages(to: 2).flatMap(\.destinations).map(\.description) == ["OR"])
        let report = try #require(world.messages(to: 1).first)
        let members = World.tables.reach(of: region).map(\.description)
        #expect(report.key == .sm && report.control == ControlField("A000000001"))
        #expect(report.text.contains("OR SENT"))
        for member in members where !["OR", "CO", "TX"].contains(member) {
            #expect(report.text.contains("\(member) NOT-REACHED"))
        }
    }

    @Test("a list has an address of its own, and gives each on it one copy, whatever else addresses them")
    func list() throws {
        let list = BroadcastList(
            name: "border desks", destinations: [Address("TX")!, Address("OR")!, Address("TX0010000")!])
        var world = Self.world { $0.broadcasts = [ORI("DXLIST001")!: list] }
        world.open(1)
        world.open(2, link: "TX")
        world.open(3, link: "OR")
        world.send(Self.am("OR.DXLIST001"))
        #expect(world.messages(to: 2).flatMap(\.destinations).map(\.description) == ["TX", "TX0010000"])
        #expect(world.messages(to: 3).flatMap(\.destinations).map(\.description) == ["OR"])
    }

    @Test("a destination that nobody speaks for is refused with error 19, and recorded without content")
    func unknown() throws {
        var world = Self.world()
        world.open(1)
        world.send(Self.am("TX.WI", text: "SECRET WORDS"))
        let error = try #require(world.messages(to: 1).first)
        #expect(error.key == .er && error.text.hasPrefix(".19."))
        #expect(error.text.contains("destination 2"))
        guard case .message(let entry)? = world.entries("operations").last else {
            Issue.record("not recorded")
            return
        }
        #expect(entry.reason == "destination-unknown" && entry.number == 19)
    }

    @Test("an AML says for whom it is; the words are ours")
    func caveat() {
        var world = Self.world()
        world.open(1)
        world.open(2, link: "TX")
        world.send(Self.am("TX", key: "AML"))
        #expect(world.messages(to: 2).first?.text.hasSuffix("OUTSIDE LAW ENFORCEMENT.") == true)
        #expect(world.messages(to: 2).first?.text.hasPrefix("PLEASE CALL") == true)
    }

    @Test("the same AM again under the same control field is one")
    func duplicate() {
        var world = Self.world()
        world.open(1)
        world.open(2, link: "TX")
        world.send(Self.am("TX"))
        world.send(Self.am("TX"))
        #expect(world.messages(to: 2).count == 1)
        #expect(world.messages(to: 1).map(\.key) == [.er])
    }

    @Test("a full queue takes no more, and says so; what it has goes on")
    func full() {
        var world = Self.world { $0.queueMost = 3 }
        world.open(1)
        for number in 1...5 { world.send(Self.am("OR", control: number, text: "NUMBER \(number)")) }
        #expect(world.messages(to: 1).map { $0.text.contains("OR OUT-OF-SERVICE") } == [true, true])
        world.open(3, link: "OR")
        world.wait(.zero)
        #expect(world.messages(to: 3).map(\.text) == ["NUMBER 1", "NUMBER 2", "NUMBER 3"])
        world.send(Self.am("OR", control: 6))
        #expect(world.messages(to: 3).count == 4)
    }

    @Test(
        "a slow link has a window; what waits goes on by priority, and of every eight one is regional and one normal"
    )
    func shares() {
        var world = World(
            owners: [MemberCode("OR")!: .link("OR")],
            links: [
                World.terminal,
                LinkPermit(
                    name: "OR", speaksFor: Speakers(members: [MemberCode("OR")!]),
                    answersFor: [MemberCode("OR")!]),
            ], policies: []
        ) { $0.mailWindow = 1 }
        world.open(1)
        world.open(2, link: "OR")
        let region = World.tables.region(of: MemberCode("OR")!)!
        world.send(Self.am("OR", control: 1, text: "FIRST"))
        for number in 0..<20 {
            world.send(Self.am("OR", control: 100 + number, key: "SM", text: "STATUS"))
            world.send(Self.am("OR", control: 200 + number, text: "NORMAL"))
            world.send(
                "DQG.CO0010100.\(region).*R0000000\(number + 10).TXT\r\nNAM/EXAMPLE,PAT Q.DOB/19700101")
        }
        for number in 1...41 {
            world.acknowledge(2, through: UInt64(number))
            world.wait(.zero)
        }
        let kinds = world.messages(to: 2).map { $0.key == .sm ? "S" : $0.key == .am ? "N" : "R" }
        #expect(kinds.prefix(1) == ["N"], "the first goes straight through")
        #expect(kinds.dropFirst().prefix(16).joined() == "SSSSSSNRSSSSSSNR")
        for start in stride(from: 1, to: 33, by: 8) {
            let eight = kinds.dropFirst(start).prefix(8)
            #expect(eight.contains("R") && eight.contains("N"))
        }
    }
}
