import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityStore
import ComityTestSupport
import Testing

@Suite(
    "Nothing lost, nothing twice: store and forward under breaks, crashes, a poison message and a slow member"
)
struct NothingLostTests {
    private static let messages = 10_000

    /// CO asks and tells; TX answers behind its link; OR is slow; NY breaks down over one message; WA is a record source.
    private static func settings() -> ExchangeSettings {
        func permit(_ state: String, answers: Bool = false) -> LinkPermit {
            LinkPermit(
                name: state, speaksFor: Speakers(members: [MemberCode(state)!]),
                answersFor: answers ? [MemberCode(state)!] : [])
        }
        let links = [permit("CO"), permit("TX", answers: true), permit("OR"), permit("NY")]
        var settings = ExchangeSettings(
            switchName: "hub", ori: ORI("DXHUB0000")!,
            links: Dictionary(uniqueKeysWithValues: links.map { ($0.name, $0) }),
            owners: [MemberCode("TX")!: .link("TX"), MemberCode("WA")!: .records])
        settings.mailWindow = 32
        return settings
    }

    /// A message by its control field: what it is, and whom it goes to.
    private struct Sent {
        let control: String
        let isQuestion: Bool
        let destinations: [String]
    }

    @Test("10,000 messages: each is accounted for, and none twice")
    func accounted() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = Seeded(seed)
        var hub = try Hub(Self.settings())
        let (co, tx) = (Member("CO"), Member("TX", answers: true))
        let (or, ny) = (Member("OR", patience: 25), Member("NY", breaksDown: true))
        let members = [co, tx, or, ny]
        var connections: UInt64 = 0
        var sent: [Sent] = []
        let poison = Int.random(in: 500..<3000, using: &random)
        var (breaks, crashes, setAside) = (0, 0, 0)
        var round = 0
        func turn() throws {
            try hub.settle()
            var effects = hub.takeOut()
            while !effects.isEmpty {
                for effect in effects { for member in members { member.take(effect, &hub) } }
                try hub.settle()
                effects = hub.takeOut()
            }
            for member in members { member.acknowledge(&hub, round: round) }
            round += 1
            hub.now = hub.now + .milliseconds(Int.random(in: 0...2000, using: &random))
        }
        func state(_ member: String, _ key: MessageKey, _ word: ServiceEntry.State) -> ServiceState {
            ServiceState(
                destination: Address(member)!, key: key, state: word, reason: "test", since: hub.now)
        }
        while sent.count < Self.messages {
            for member in members where member.connection == nil {
                if Int.random(in: 0..<3, using: &random) == 0 { member.connect(&hub, as: &connections) }
            }
            for _ in 0..<Int.random(in: 0...40, using: &random) where sent.count < Self.messages {
                let control = "M" + String(1_000_000_000 + sent.count).dropFirst()
                let number = sent.count
                if number != poison, Bool.random(using: &random) {
                    let owner = ["TX", "WA"].randomElement(using: &random)!
                    sent.append(Sent(control: control, isQuestion: true, destinations: [owner]))
                    co.send("DQ.CO0010100.\(owner).*\(control).TXT\r\nOLN/X\(1_000_000 + number)", &hub)
                } else {
                    let all =
                        number == poison
                        ? ["NY"] : ["TX", "OR", "NY"].filter { _ in Bool.random(using: &random) }
                    let to = all.isEmpty ? ["TX"] : all
                    let words = number == poison ? "POISON" : "NUMBER \(number)"
                    sent.append(Sent(control: control, isQuestion: false, destinations: to))
                    co.send("AM.CO0010100.\(to.joined(separator: ".")).*\(control).TXT\r\n\(words)", &hub)
                }
            }
            try turn()
            for member in members where Int.random(in: 0..<60, using: &random) == 0 {
                member.drop(&hub)
                breaks += 1
            }
            switch Int.random(in: 0..<60, using: &random) {
            case 0: hub.set(state("TX", .dq, .hold))
            case 1: hub.set(state("WA", .dq, .hold))
            case 2: hub.set(state("NY", .am, .hold))
            case 3, 4: hub.set(state("TX", .dq, .open))
            case 5, 6: hub.set(state("WA", .dq, .open))
            case 7, 8: hub.set(state("NY", .am, .open))
            case 9:
                for member in members { member.connection = nil }
                try hub.crash(keepingLast: Bool.random(using: &random))
                crashes += 1
            default: break
            }
        }
        // Service returns, everybody connects again, and time passes.
        for (member, key) in [("TX", MessageKey.dq), ("WA", .dq), ("NY", .am)] {
            hub.set(state(member, key, .open))
        }
        let rest = round + 4000
        while round < rest {
            for member in members where member.connection == nil { member.connect(&hub, as: &connections) }
            try turn()
            if let aside = hub.exchange.setAside.first {
                #expect(aside.link == "NY" && aside.attempts >= 8)
                setAside += 1
                ny.breaksDown = false
                try hub.decide(setAside: aside.id, release: true)
            }
            let isDone = hub.exchange.openLookups == 0 && hub.exchange.queuedMessages == 0 && setAside > 0
            if isDone, hub.exchange.linkStates.allSatisfy({ $0.waiting == 0 }) { break }
        }
        try Self.check(sent, co: co, receivers: [tx, or, ny], hub: hub, poison: poison, seed: seed)
        #expect(setAside == 1 && ny.breakdowns >= 8, "seed \(seed)")
        #expect(breaks > 5 && crashes > 2, "seed \(seed)")
    }

    private static func check(
        _ sent: [Sent], co: Member, receivers: [Member], hub: Hub, poison: Int, seed: UInt64
    ) throws {
        #expect(co.acknowledged == UInt64(co.sent.count), "seed \(seed)")
        var ends: [String: Int] = [:]
        for message in co.got where message.key == .dr { ends[message.control!.description, default: 0] += 1 }
        var copies: [String: Int] = [:]
        for member in receivers {
            for message in member.got where message.key == .am {
                copies["\(message.control!) \(member.link)", default: 0] += 1
            }
        }
        let questions = sent.filter(\.isQuestion)
        #expect(questions.filter { ends[$0.control] != 1 }.map(\.control) == [], "seed \(seed)")
        #expect(ends.count == questions.count)
        let expected = sent.filter { !$0.isQuestion }.flatMap { message in
            message.destinations.map { "\(message.control) \($0)" }
        }
        #expect(expected.filter { copies[$0] != 1 } == [], "seed \(seed)")
        #expect(copies.count == expected.count, "seed \(seed)")
        let repeats = receivers.flatMap(\.got).filter { $0.text.contains("REPEAT") }
        #expect(repeats.map { $0.control?.description } == [sent[poison].control], "seed \(seed)")
        // And so the ledgers and the store say.
        var (asked, closed, relayed) = (0, 0, 0)
        for row in hub.store.contents.entries {
            switch try LedgerEntry(decoding: row.bytes) {
            case .question: asked += 1
            case .closing: closed += 1
            case .relay: relayed += 1
            default: break
            }
        }
        #expect(asked == questions.count && closed == asked, "seed \(seed)")
        #expect(relayed == sent.count - questions.count, "seed \(seed)")
        #expect(hub.store.contents.queue.isEmpty, "seed \(seed)")
    }
}
