import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport

extension World {
    static let washington = MemberCode("WA")!
    static let oregon = MemberCode("OR")!

    /// The network's hub: Washington runs its own gateway behind the link `WA`, Texas is served from records.
    static func hub(floor: Policy = ExampleWorld.policy("network-floor")) -> World {
        let gateway = LinkPermit(
            name: "WA", speaksFor: Speakers(members: [washington]), path: "gateway",
            answersFor: [washington])
        var world = World(
            owners: [washington: .link("WA"), MemberCode("TX")!: .records],
            links: [World.terminal, gateway], floor: floor
        ) { $0.gateways = [washington] }
        world.exchange.rulebook.set(.judgesForItself, for: washington)
        world.open(1)
        return world
    }

    /// Washington's own gateway: everybody else is asked through its uplink `hub`.
    static func gateway(connected: Bool = true) -> World {
        let uplink = LinkPermit(
            name: "hub", speaksFor: Speakers(everybody: true), path: "hub", answersFor: [oregon])
        var world = World(
            seed: 2, owners: [washington: .records, oregon: .link("hub")], links: [World.terminal, uplink]
        ) {
            $0.gateways = [oregon]
            $0.uplink = "hub"
            $0.switchName = "wa"
        }
        world.exchange.rulebook.set(.judgesForItself, for: oregon)
        guard connected else { return world }
        world.open(1)
        world.open(7, link: "hub", session: "uplink-1")
        return world
    }

    /// What went out on an uplink, which this switch writes as a link does.
    func written(to connection: UInt64) -> [Message] {
        out.compactMap { effect in
            guard case .send(ConnectionID(connection), _, let bytes) = effect else { return nil }
            return try? LegacyCodec.decode(bytes, direction: .input, tables: Self.tables)
        }
    }

    /// Nothing is found in any ledger, and none of it holds the text.
    func ledgersAreSound(without text: String = "EXAMPLE") -> Bool {
        ledgers.allSatisfy { name, entries in
            // These worlds write no `open` entries; the rest must hold.
            var audit = LedgerAudit(of: name)
            for entry in entries { if let bytes = try? entry.encode() { audit.add(bytes) } }
            let findings = audit.report().findings.filter { $0.kind != .notOpened }
            let holds = entries.contains {
                (try? $0.encode()).map { String(decoding: $0, as: UTF8.self).contains(text) } ?? true
            }
            return findings.isEmpty && !holds
        }
    }
}
