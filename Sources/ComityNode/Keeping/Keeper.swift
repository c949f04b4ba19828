import ComityExchange
import ComityLedger
import ComityMessages
import ComityService
import ComityStore
import ComityStoreSQLite

/// Does what is asked about the ledgers of a home, one thing after the other: in a running switch on a thread of its
/// own, and without one in the program of whoever asks.
struct Keeper {
    private let home: HomeReader
    private var retention: Retention
    /// Makes it durable, and says where its entries stand.
    private let commit: (Keeping) throws -> [EntryPlace]
    /// Has a message sent once more, once that is durable; `nil` without a switch that could send it.
    private let resend: Resend?
    /// Called between two commits of an expiry; `false` ends it early.
    private let pause: () -> Bool
    /// Waits until what was erased is gone from the file and its log; `false` if it is not yet.
    private let isGone: () -> Bool
    /// Up to where no envelope is left whose time is up.
    private var expired: Int64 = 0
    /// Epoch keys, by their hour, under which something was erased while something else was left, or still sealed.
    private var pending: [UInt64: Set<UInt64>] = [:]

    typealias Resend = (ResendOrder) -> Result<(lines: [RelayLine], places: [EntryPlace]), ResendFault>

    /// Envelopes erased in one commit: few enough that no look-up waits long behind it.
    private static let batch = 1000

    init(
        _ home: HomeReader, commit: @escaping (Keeping) throws -> [EntryPlace],
        resend: Resend? = nil, pause: @escaping () -> Bool = { true }, isGone: @escaping () -> Bool
    ) {
        self.home = home
        self.commit = commit
        self.resend = resend
        self.pause = pause
        self.isGone = isGone
        retention = home.configuration.retention(tables: home.tables)
    }

    mutating func perform(_ request: KeepingRequest, at now: Timestamp) throws -> KeepingReport {
        switch request.do {
        case .erase: try erase(request)
        case .expire: try expire(request, at: now)
        case .access: try access(request)
        case .service: try service(request)
        case .resend: try resend(request)
        }
    }

    // MARK: One look-up

    private mutating func erase(_ request: KeepingRequest) throws -> KeepingReport {
        guard let reference = request.reference.flatMap({ Reference($0) }),
            let owner = request.owner.flatMap({ MemberCode($0) }), let order = request.order,
            let basis = EraseEntry.Basis.allCases.first(where: { $0.word == request.basis }), basis != .expiry
        else { throw Self.unfit }
        let store = try home.store()
        defer { try? store.close() }
        let plan = try ErasurePlan(
            reference, owner: home.tables.canonical(owner), basis: basis, order: order, views: home.views(),
            store: store)
        var report = KeepingReport()
        report.add(try commit(.erase(plan.erasures)))
        report.erased[owner.description] = plan.erasures.count
        for (hour, epochs) in plan.epochs {
            report.epochKeys += try forget(epochs, hours: hour...hour, in: store)
        }
        report.isGone = isGone()
        return report
    }

    /// Keys under which no envelope is left go too: an old copy of the database alone then tells nothing.
    private mutating func forget(
        _ epochs: Set<UInt64>, hours: ClosedRange<UInt64>, in store: StoreReader
    ) throws -> Int {
        let spent = try EpochSweep.spent(among: epochs, hours: hours, in: store)
        if !spent.isEmpty { _ = try commit(.forget(epochs: spent)) }
        let left = epochs.subtracting(spent)
        // The next expiry tries again: the hour may not be over yet.
        if hours.lowerBound == hours.upperBound, !left.isEmpty {
            pending[hours.lowerBound, default: []].formUnion(left)
        }
        return spent.count
    }

    // MARK: All whose time is up

    private mutating func expire(_ request: KeepingRequest, at now: Timestamp) throws -> KeepingReport {
        // What was configured since counts at once.
        retention = try NodeConfiguration(inForceOf: home.home).retention(tables: home.tables)
        let only = try request.owner.map { code throws(ServiceError) in
            guard let owner = MemberCode(code) else { throw Self.unfit }
            return home.tables.canonical(owner)
        }
        var before: Timestamp?
        if let text = request.before {
            guard let day = Day(text) else { throw Self.unfit }
            before = day.start
            try check(day, only, at: now)
        }
        let (retention, limit) = (retention, before)
        let ends: @Sendable (String) -> UInt64? = { code in
            guard let owner = MemberCode(code), only == nil || owner == only else { return nil }
            let end = retention.end(for: owner, at: now)
            return UInt64(max(0, min(end, limit ?? end).milliseconds))
        }
        let latest = only.map { retention.end(for: $0, at: now) } ?? retention.end(at: now)
        // A scan that leaves some on purpose does not say where the next may begin.
        let isWhole = only == nil && before == nil
        var scan = ExpiryScan(
            after: isWhole ? expired : 0,
            end: UInt64(max(0, min(latest, before ?? latest).milliseconds)), ends: ends)
        let store = try home.store()
        defer { try? store.close() }
        var report = KeepingReport()
        var (epochs, hours): (Set<UInt64>, ClosedRange<UInt64>?) = ([], nil)
        while pause(), let step = try scan.next(store, limit: Self.batch) {
            for erasure in step.erasures {
                report.add(try commit(.erase([erasure])))
                let owner = erasure.lane.owner ?? MemberCode.network.description
                report.erased[owner, default: 0] += erasure.entries.count
            }
            epochs.formUnion(step.epochs)
            let all = hours ?? step.hours
            hours = min(all.lowerBound, step.hours.lowerBound)...max(all.upperBound, step.hours.upperBound)
        }
        if isWhole {
            expired = scan.done
            let before = pending
            pending = [:]
            for (hour, epochs) in before {
                report.epochKeys += try forget(epochs, hours: hour...hour, in: store)
            }
        }
        if let hours {
            report.epochKeys += try forget(epochs, hours: hours, in: store)
            report.isGone = isGone()
        }
        return report
    }

    /// Nobody shortens the time by naming a day.
    private func check(_ day: Day, _ only: MemberCode?, at now: Timestamp) throws(ServiceError) {
        let end = only.map { retention.end(for: $0, at: now) } ?? retention.end(at: now)
        guard day.start > end else { return }
        let days = only.map { retention.days(of: $0) }
        throw ServiceError(
            "too-early",
            "`\(day)` is too late a day: "
                + (days.map { "envelopes of \(only!.description) are kept for \($0) days" }
                    ?? "no envelopes are kept for so short a time")
                + ", so nothing asked on \(end.day) or later expires yet",
            next: "give an earlier day, or none")
    }

    // MARK: Accesses

    private func access(_ request: KeepingRequest) throws -> KeepingReport {
        guard let bytes = request.entry.flatMap({ Hex.bytes($0) }),
            case .access(let entry) = try? LedgerEntry(decoding: bytes),
            entry.ledger.switchName == home.configuration.name
        else { throw Self.unfit }
        var report = KeepingReport()
        report.add(try commit(.access(entry)))
        return report
    }

    // MARK: Service

    private func service(_ request: KeepingRequest) throws -> KeepingReport {
        guard let bytes = request.entry.flatMap({ Hex.bytes($0) }),
            case .service(let entry) = try? LedgerEntry(decoding: bytes),
            entry.ledger.switchName == home.configuration.name, ServiceState(entry) != nil
        else { throw Self.unfit }
        var report = KeepingReport()
        report.add(try commit(.service(entry)))
        return report
    }

    // MARK: Once more

    /// Whoever asks has opened the envelope; what it says is held against the entry, so that nothing else goes out.
    private func resend(_ request: KeepingRequest) throws -> KeepingReport {
        guard let resend else { throw ServiceError.noSwitch(on: home.home) }
        guard let reference = request.reference.flatMap({ Reference($0) }), let person = request.person,
            let reason = request.reason,
            let destinations = request.destinations?.map({ Address($0) }), !destinations.contains(nil),
            let body = request.body.flatMap({ Hex.bytes($0) }).flatMap({ try? RelayBody(decoding: $0) })
        else { throw Self.unfit }
        let store = try home.store()
        defer { try? store.close() }
        guard let relay = try RecordedRelay.find(reference, store: store),
            relay.sealed != nil, body.commitment() == relay.entry.body
        else { throw Self.unfit }
        let order = ResendOrder(
            original: relay.entry, position: relay.position, raw: body.raw,
            destinations: destinations.compactMap(\.self), person: person, reason: reason)
        let done = try resend(order).mapError { ServiceError($0, reference) }.get()
        var report = KeepingReport()
        report.add(done.places)
        report.copies = done.lines.map(\.description)
        return report
    }

    private static let unfit = ServiceError(
        "request-unfit", "this request is not one that a switch of this version knows",
        next: "use the program that belongs to the switch")
}
