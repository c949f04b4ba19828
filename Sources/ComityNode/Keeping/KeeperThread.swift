import ComityExchange
import ComityLedger
import ComityMessages
import ComityService
import ComityStore
import Glibc
import Logging
import Synchronization

/// Erases and notes what is asked for while a switch runs, and once a day erases what has expired.
///
/// It reads on a connection of its own and writes through the switchboard like everything else, so nothing waits for it
/// but who asked.
final class KeeperThread: Sendable {
    struct Job: Sendable {
        let request: KeepingRequest
        let reply: @Sendable (Result<KeepingReport, ServiceError>) -> Void
    }

    let inbox = Inbox<Job>()
    private let home: Home
    private let switchboard: Inbox<Event>
    private let isLogEmpty: @Sendable () -> Bool
    private let log: Logger
    private let isStopped = Atomic(false)

    /// The first expiry of a process, and the time from one to the next.
    private static let first = Duration.seconds(60)
    private static let day = Duration.seconds(86_400)
    /// Between two commits of an expiry.
    private static let pause: UInt32 = 20_000
    /// A clock that says that more than this has passed since the last entry, or that moved by more than a day against
    /// the time that the machine counts, may be wrong, and what has expired by it is gone for good.
    private static let doubt = Duration.seconds(31 * 86_400)

    init(
        home: Home, switchboard: Inbox<Event>, isLogEmpty: @escaping @Sendable () -> Bool, log: Logger
    ) {
        self.home = home
        self.switchboard = switchboard
        self.isLogEmpty = isLogEmpty
        self.log = log
    }

    /// Runs until it is stopped.
    ///
    /// - Parameter lastEntry: the time of the last entry that an earlier process wrote; `nil` in a new home.
    func run(lastEntry: Timestamp?) {
        let (clock, started, wall) = (ContinuousClock(), ContinuousClock.now, SwitchClock.wall())
        let isDoubtful = lastEntry.map { wall - $0 > Self.doubt } ?? false
        var next = started + Self.first
        var keeper: Keeper?
        while let jobs = inbox.take(waitingAtMost: max(.zero, next - clock.now)) {
            for job in jobs { job.reply(Self.result { try perform(job.request, &keeper) }) }
            guard clock.now >= next, !isStopped.load(ordering: .acquiring) else { continue }
            next = clock.now + Self.day
            let moved = (SwitchClock.wall() - wall) - (clock.now - started)
            if isDoubtful || moved > Self.day || moved < .zero - Self.day {
                log.error(
                    "nothing expires by itself: the clock may be wrong; `comity ledger expire` does it on your word"
                )
                continue
            }
            expire(&keeper)
        }
    }

    private func expire(_ keeper: inout Keeper?) {
        do {
            let report = try perform(.expire(), &keeper)
            let count = report.erased.values.reduce(0, +)
            if count > 0 { log.notice("envelopes expired", metadata: ["count": "\(count)"]) }
        } catch {
            log.error("expired envelopes could not be erased", metadata: ["why": "\(error)"])
        }
    }

    private func perform(_ request: KeepingRequest, _ keeper: inout Keeper?) throws -> KeepingReport {
        var own = try keeper ?? make()
        defer { keeper = own }
        return try own.perform(request, at: SwitchClock.wall())
    }

    private func make() throws -> Keeper {
        let (switchboard, isStopped, isLogEmpty) = (switchboard, { [self] in stopped }, isLogEmpty)
        return Keeper(
            try HomeReader(home),
            commit: { keeping in Handed.wait { switchboard.put(.keep(keeping, then: $0)) } },
            resend: { order in Handed.wait { switchboard.put(.resend(order, then: $0)) } },
            pause: {
                usleep(Self.pause)
                return !isStopped()
            },
            isGone: {
                for _ in 0..<500 where !isLogEmpty() { usleep(20_000) }
                return isLogEmpty()
            })
    }

    private var stopped: Bool { isStopped.load(ordering: .acquiring) }

    private static func result(
        _ work: () throws -> KeepingReport
    ) -> Result<KeepingReport, ServiceError> {
        do {
            return .success(try work())
        } catch let error as ServiceError {
            return .failure(error)
        } catch {
            return .failure(ServiceError("keeping-failed", "\(error)", next: ""))
        }
    }

    /// Finishes the commit that is under way, and ends.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        inbox.close()
    }
}
