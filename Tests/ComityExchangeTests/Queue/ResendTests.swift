import ComityExchange
import ComityLedger
import ComityMessages
import Testing

@Suite("Messages that a person has sent once more")
struct ResendTests {
    /// An AM from Colorado that has arrived.
    private func sent(to: String = "TX.OR") throws -> World {
        var world = RelayTests.world()
        world.open(1)
        world.open(2, link: "TX")
        world.open(3, link: "OR")
        world.send(RelayTests.am(to))
        for connection: UInt64 in [2, 3] where !world.numbers(to: connection).isEmpty {
            world.acknowledge(connection, through: world.numbers(to: connection).max()!)
        }
        world.wait(.seconds(3600))
        return world
    }

    private func order(
        _ world: World, to: [String], person: String = "J. SAMPLE", reason: String = "printer was out"
    ) throws -> ResendOrder {
        let all = world.entries("operations")
        let position = try #require(all.firstIndex { $0.kind == .relay })
        guard case .relay(let original) = all[position] else { throw ResendFault.notWritable }
        let raw = Array(RelayTests.am(original.destinations.joined(separator: ".")).utf8)
        return ResendOrder(
            original: original, position: UInt64(position), raw: raw,
            destinations: to.compactMap { Address($0) }, person: person, reason: reason)
    }

    private func resends(_ world: World) -> [ResendEntry] {
        world.entries("operations").compactMap { if case .resend(let entry) = $0 { entry } else { nil } }
    }

    @Test(
        "recorded, naming the first time, before anything goes out; marked, to whom it is wanted and to nobody else"
    )
    func again() throws {
        var world = try sent()
        world.confirmsAtOnce = false
        let order = try order(world, to: ["TX"])
        #expect(try world.resend(order).map(\.description) == ["TX SENT"])
        #expect(world.messages(to: 2).count == 1 && resends(world).isEmpty)
        world.confirm()
        let got = world.messages(to: 2)
        #expect(got.count == 2)
        #expect(
            got.last?.text
                == "REPEAT: this message was sent before, received at \(received(order)).\nPLEASE CALL")
        #expect(got.last?.origin == ORI("CO0010100")! && got.last?.control == got.first?.control)
        #expect(got.last?.destinations == got.first?.destinations)
        #expect(world.messages(to: 3).count == 1 && world.messages(to: 1).isEmpty)
        let entry = try #require(resends(world).first)
        #expect(entry.original == order.original.message && entry.relay == order.position)
        #expect(entry.destinations == ["TX"] && entry.message != entry.original)
        // Who and why is in the sealed body, and in nothing else.
        guard case .resend(_, let body)? = world.appends.last?.drafts.first else {
            Issue.record("no body")
            return
        }
        #expect(body.person == "J. SAMPLE" && body.reason == "printer was out")
        #expect(body.commitment() == entry.body)
        #expect(try ResendBody(decoding: body.encode()) == body)
    }

    private func received(_ order: ResendOrder) -> Timestamp {
        Timestamp(milliseconds: Int64(order.original.time))
    }

    @Test("whose link is away gets it when it signs on, once, marked, also after a crash in between")
    func away() throws {
        var world = try sent(to: "TX")
        world.close(2)
        #expect(try world.resend(order(world, to: ["TX"])).map(\.description) == ["TX QUEUED"])
        for crashes in [false, true] {
            var next = world
            if crashes {
                next = RelayTests.world()
                next.now = world.now
                next.takeUp(world.remains(keeping: world.appends.count))
            }
            next.open(5, link: "TX", received: 1)
            next.wait(.zero)
            #expect(next.messages(to: 5).map { $0.text.hasPrefix("REPEAT: ") } == [true])
            next.acknowledge(5, through: 2)
            next.close(5)
            next.open(6, link: "TX", received: 2)
            next.wait(.seconds(1))
            #expect(next.messages(to: 6).isEmpty)
        }
        // A crash before the append is durable: nothing of it is left, and nobody was told that it is.
        var before = RelayTests.world()
        before.now = world.now
        before.takeUp(world.remains(keeping: world.appends.count - 1))
        before.open(5, link: "TX", received: 1)
        before.wait(.zero)
        #expect(before.messages(to: 5).isEmpty)
    }

    @Test(
        "a copy that is still to come is not sent twice: in the queue, on its way, set aside, or a repeat itself"
    )
    func stillToCome() throws {
        var world = RelayTests.world()
        world.open(1)
        world.send(RelayTests.am("TX"))
        var again = try order(world, to: ["TX"])
        #expect(throws: ResendFault.waits(Address("TX")!, .room)) { try world.resend(again) }
        // It goes out, and is not acknowledged.
        world.open(2, link: "TX")
        world.wait(.zero)
        #expect(world.messages(to: 2).count == 1)
        #expect(throws: ResendFault.onItsWay(Address("TX")!, link: "TX")) { try world.resend(again) }
        world.acknowledge(2, through: 1)
        _ = try world.resend(again)
        #expect(throws: ResendFault.onItsWay(Address("TX")!, link: "TX")) { try world.resend(again) }
        world.acknowledge(2, through: 2)
        world.close(2)
        _ = try world.resend(again)
        #expect(throws: ResendFault.waits(Address("TX")!, .room)) { try world.resend(again) }
        #expect(resends(world).count == 2)

        world = RelayTests.world()
        world.open(1)
        world.send(RelayTests.am("TX"))
        for connection: UInt64 in 11...18 {
            world.open(connection, link: "TX")
            world.wait(.seconds(70))
            world.close(connection)
        }
        world.wait(.zero)
        let number = try #require(world.exchange.setAside.first?.id)
        again = try order(world, to: ["TX"])
        #expect(throws: ResendFault.setAside(Address("TX")!, number: number)) { try world.resend(again) }
    }

    @Test(
        "to nobody else, not without a name or a reason, not to who is out of service: and nothing is recorded"
    )
    func refused() throws {
        var world = try sent(to: "TX")
        let size = world.entries("operations").count
        func expect(_ fault: ResendFault, _ order: ResendOrder) {
            #expect(throws: fault) { try world.resend(order) }
        }
        expect(.notAmong(Address("OR")!), try order(world, to: ["TX", "OR"]))
        expect(.notAmong(Address("TX0010000")!), try order(world, to: ["TX0010000"]))
        expect(.unnamed, try order(world, to: ["TX"], person: ""))
        expect(.unnamed, try order(world, to: ["TX"], reason: ""))
        expect(.unnamed, try order(world, to: ["TX"], reason: String(repeating: "x", count: 2001)))
        expect(.notWritable, try order(world, to: []))
        #expect(world.entries("operations").count == size)
        world.set(
            ServiceState(
                destination: Address("TX")!, key: nil, state: .removed, reason: "maintenance",
                since: world.now))
        expect(.notTaken(Address("TX")!, .removed), try order(world, to: ["TX"]))
        #expect(world.entries("operations").count == size && world.messages(to: 2).count == 1)
        // It holds: then it waits like any other.
        world.set(
            ServiceState(
                destination: Address("TX")!, key: nil, state: .hold, reason: "maintenance", since: world.now))
        #expect(try world.resend(order(world, to: ["TX"])).first?.status == .waitsForService)
    }
}
