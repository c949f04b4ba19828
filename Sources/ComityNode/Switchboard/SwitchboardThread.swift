import ComityExchange
import ComityLedger
import ComityMessages
import ComityService
import Synchronization

/// Runs the machine: takes what happened in batches, asks the machine, and performs what it says.
///
/// It owns the machine; nobody else ever touches it. Every effect happens in one place: appends go to the writer's
/// inbox, questions to the records' inbox, link effects to the loops; each as one batch a round.
final class SwitchboardThread: Sendable {
    let inbox: Inbox<Event>
    private let writer: Inbox<Append>
    private let records: Inbox<Ask>
    private let archive: Inbox<Ask>
    private let counters: NodeCounters
    /// Told when the machine's clock was moved so far that the switch must end.
    private let clockLost: @Sendable (SwitchClock.Step) -> Void

    init(
        inbox: Inbox<Event>, writer: Inbox<Append>, records: Inbox<Ask>, archive: Inbox<Ask>,
        counters: NodeCounters,
        clockLost: @escaping @Sendable (SwitchClock.Step) -> Void
    ) {
        self.inbox = inbox
        self.writer = writer
        self.records = records
        self.archive = archive
        self.counters = counters
        self.clockLost = clockLost
    }

    /// The longest that it sleeps: deadlines are looked at at least this often.
    private static let longestSleep = Duration.seconds(1)

    /// Runs until the inbox is closed.
    ///
    /// - Parameter begin: effects of the recovery, performed first.
    func run(
        _ exchange: consuming Exchange, clock: consuming SwitchClock, fresh: consuming FreshBytes,
        begin: [Effect]
    ) {
        var round = Round()
        round.add(begin)
        var ports: [ConnectionID: LinkLoop] = [:]
        /// Who waits for an append that is no look-up's.
        var kept: [UInt64: @Sendable ([EntryPlace]) -> Void] = [:]
        var isDraining = false
        while true {
            perform(&round, ports: ports)
            let now = clock.now()
            let sleep = exchange.nextDeadline().map { max(.zero, min($0 - now, Self.longestSleep)) }
            guard let events = inbox.take(waitingAtMost: sleep ?? Self.longestSleep) else { break }
            let then = clock.now()
            for step in clock.takeSteps() {
                round.add([.append(exchange.noteClock(expected: step.expected, found: step.found, at: then))])
                guard step.endsTheSwitch else { continue }
                isDraining = true
                clockLost(step)
            }
            for event in events {
                switch event {
                case .link(let event):
                    round.add(
                        handle(
                            event, &exchange, at: then, fresh: &fresh, ports: &ports, isDraining: isDraining))
                case .stored(let receipts):
                    for receipt in receipts {
                        kept.removeValue(forKey: receipt.append)?(receipt.places)
                        round.add(exchange.storeConfirmed(receipt.append, places: receipt.places, at: then))
                    }
                case .answers(let answers):
                    for (lookup, answer) in answers {
                        round.add(exchange.answerArrived(answer, for: lookup, at: then, fresh: &fresh))
                    }
                case .visit(let body): body(&exchange)
                case .keep(let keeping, let then):
                    let append = exchange.keep(keeping, at: clock.now())
                    kept[append.number] = then
                    round.add([.append(append)])
                case .decide(let decision, let then):
                    round.add(decide(decision, &exchange, at: clock.now(), fresh: &fresh, kept: &kept, then))
                case .change(let change, let then):
                    let (append, effects) = exchange.changed(change)
                    kept[append.number] = then
                    round.add([.append(append)] + effects)
                case .decideSetAside(let id, let release, let then):
                    do throws(SetAsideFault) {
                        let append = try exchange.setAsideDecided(id, release: release, at: clock.now())
                        kept[append.number] = { _ in then(.success(())) }
                        round.add([.append(append)])
                    } catch {
                        then(.failure(error))
                    }
                case .resend(let order, let then):
                    do throws(ResendFault) {
                        let (lines, append) = try exchange.resent(order, at: clock.now(), fresh: &fresh)
                        kept[append.number] = { then(.success((lines, $0))) }
                        round.add([.append(append)])
                    } catch {
                        then(.failure(error))
                    }
                case .drain: isDraining = true
                }
            }
            round.add(exchange.deadlinePassed(at: then, fresh: &fresh))
            if isDraining { round.add(exchange.tidy()) }
            counters.open.store(exchange.movingLookups, ordering: .relaxed)
            counters.time.store(then.milliseconds, ordering: .relaxed)
        }
    }

    /// What a desk decides is answered once it is durable; what is wrong with it, at once.
    private func decide(
        _ decision: DeskDecision, _ exchange: inout Exchange, at now: Timestamp, fresh: inout FreshBytes,
        kept: inout [UInt64: @Sendable ([EntryPlace]) -> Void],
        _ then: @escaping @Sendable (Result<DeskOutcome, DeskFault>) -> Void
    ) -> [Effect] {
        do throws(DeskFault) {
            let (outcome, append) = try exchange.deskDecided(decision, at: now, fresh: &fresh)
            kept[append.number] = { _ in then(.success(outcome)) }
            return [.append(append)]
        } catch {
            then(.failure(error))
            return []
        }
    }

    private func handle(
        _ event: LinkEvent, _ exchange: inout Exchange, at now: Timestamp, fresh: inout FreshBytes,
        ports: inout [ConnectionID: LinkLoop], isDraining: Bool
    ) -> [Effect] {
        switch event {
        case .opened(let connection, let loop, let link, let session, let received):
            ports[connection] = loop
            return exchange.linkOpened(connection, link: link, session: session, received: received, at: now)
        case .message(let connection, let sequence, let bytes, let content):
            // What is not accepted is not lost: the link still has it, and sends it again to the next process.
            if isDraining { return [] }
            let start = ContinuousClock.now
            defer {
                let taken = ContinuousClock.now - start
                counters.decisions.withLock { $0.add(seconds: taken / .seconds(1)) }
            }
            return exchange.messageReceived(
                on: connection, sequence: sequence, bytes: bytes, content: content, at: now, fresh: &fresh)
        case .acknowledged(let connection, let through):
            return exchange.linkAcknowledged(connection, through: through)
        case .closed(let connection):
            exchange.linkClosed(connection, at: now)
            ports[connection] = nil
            return []
        case .ended(let connection): return exchange.linkEnded(connection)
        }
    }

    /// The effects of one round, sorted by who performs them.
    private struct Round {
        var appends: [Append] = []
        var asks: [Ask] = []
        var searches: [Ask] = []
        var links: [LinkEffect] = []

        mutating func add(_ effects: [Effect]) {
            for effect in effects {
                switch effect {
                case .append(let append): appends.append(append)
                case .link(let effect): links.append(effect)
                }
            }
        }

        mutating func add(_ effects: [DurableEffect]) {
            for effect in effects {
                switch effect {
                case .ask(let ask) where ask.archive != nil: searches.append(ask)
                case .ask(let ask): asks.append(ask)
                case .link(let effect): links.append(effect)
                }
            }
        }
    }

    private func perform(_ round: inout Round, ports: [ConnectionID: LinkLoop]) {
        writer.put(round.appends)
        records.put(round.asks)
        archive.put(round.searches)
        if !round.links.isEmpty {
            var byLoop: [ObjectIdentifier: (loop: LinkLoop, effects: [LinkEffect])] = [:]
            for effect in round.links {
                guard let loop = ports[effect.connection] else { continue }
                byLoop[ObjectIdentifier(loop), default: (loop, [])].effects.append(effect)
            }
            for (loop, effects) in byLoop.values { loop.perform(effects) }
        }
        round = Round()
    }
}
