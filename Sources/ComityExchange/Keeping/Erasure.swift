package import ComityLedger
package import ComityMessages

/// The envelopes of look-ups that are to go for good, with the reason.
package struct Erasure: Hashable, Sendable {
    /// The ledger in which the look-ups stand.
    package let lane: LedgerName
    package let basis: EraseEntry.Basis
    /// The text of the order, which becomes public; `nil` for an expiry.
    package let order: String?
    /// Where their entries stand: all that have an envelope between the first and the last.
    package let positions: EraseEntry.Stretch
    /// The store's numbers of those entries.
    package let entries: [Int64]

    package init(
        lane: LedgerName, basis: EraseEntry.Basis, order: String?, positions: EraseEntry.Stretch,
        entries: [Int64]
    ) {
        self.lane = lane
        self.basis = basis
        self.order = order
        self.positions = positions
        self.entries = entries
    }
}

/// What is written in ledgers besides look-ups, when somebody asks for it.
package enum Keeping: Sendable {
    /// Envelopes go, and their owner's ledger and the control ledger say so, of each erasure.
    case erase([Erasure])
    /// Epoch keys go under which no envelope is left. They are no record, and no entry says so.
    case forget(epochs: [UInt64])
    /// Somebody looked at a ledger, searched it or took it along. The time is set when it is written.
    case access(AccessEntry)
    /// Somebody says what a destination takes from now on. The time is set when it is written.
    case service(ServiceEntry)
}

extension Append {
    /// The append that does it; everything in one commit.
    ///
    /// - Parameter lane: the ledger of an owner as of now, by the owner's code.
    package init(
        number: UInt64, _ keeping: Keeping, at now: Timestamp, control: LedgerName,
        lane: (String) -> LedgerName?
    ) {
        self.init(number: number)
        let time = UInt64(max(0, now.milliseconds))
        switch keeping {
        case .erase(let erasures):
            for erasure in erasures {
                drafts += Self.drafts(erasure, time: time, control: control, lane: lane)
                erasedBodies += erasure.entries
            }
        case .forget(let epochs): erasedEpochs = epochs
        case .access(var entry):
            entry.time = time
            drafts = [.other(.access(entry), body: nil)]
        case .service(var entry):
            (entry.ledger, entry.time) = (control, time)
            drafts = [.other(.service(entry), body: nil)]
        }
    }

    private static func drafts(
        _ erasure: Erasure, time: UInt64, control: LedgerName, lane: (String) -> LedgerName?
    ) -> [Draft] {
        let ledger = erasure.lane.owner.flatMap(lane) ?? erasure.lane
        let count = UInt64(erasure.entries.count)
        return [
            .other(
                .erase(
                    EraseEntry(
                        ledger: ledger, time: time, basis: erasure.basis,
                        lane: ledger == erasure.lane ? nil : erasure.lane, positions: erasure.positions,
                        count: count, order: erasure.order.map(EraseEntry.hash(ofOrder:)))), body: nil),
            .other(
                .erase(
                    EraseEntry(
                        control: control, time: time, basis: erasure.basis, lane: erasure.lane,
                        positions: erasure.positions, count: count, text: erasure.order)), body: nil),
        ]
    }
}

extension Exchange {
    /// What somebody wants written besides look-ups, as an append.
    package mutating func keep(_ keeping: Keeping, at now: Timestamp) -> Append {
        if case .service(let entry) = keeping, let state = ServiceState(entry) {
            return serviceChanged(state, at: now)
        }
        var names = ledgerNames
        let append = Append(
            number: newAppend().number, keeping, at: now, control: ledgerNames.control,
            lane: { owner in MemberCode(owner).map { names.lane($0, at: now) } })
        return seal(append, then: Pending())
    }
}
