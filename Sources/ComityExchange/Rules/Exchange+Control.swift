import ComityLedger
package import ComityMessages

/// What the switch writes about itself.
extension Exchange {
    /// An append with what came into force, or none.
    package mutating func activated(_ drafts: [Draft]) -> [Append] {
        // The control ledger is opened before any other, so that it is the store's first.
        var append = newAppend()
        append.drafts = drafts
        return drafts.isEmpty ? [] : [seal(append, then: Pending())]
    }

    /// An append that says that the last process did not end in good order, or left look-ups that are taken up now.
    ///
    /// - Parameters:
    ///   - since: the time of the last entry that it wrote.
    ///   - crashed: whether it ended otherwise than in good order.
    package mutating func noteGap(
        unfinished: Int, since: Timestamp, crashed: Bool, at now: Timestamp
    ) -> [Append] {
        var append = newAppend()
        append.drafts = [
            .other(
                .gap(
                    GapEntry(
                        ledger: ledgerNames.operations, time: UInt64(now.milliseconds),
                        since: UInt64(since.milliseconds), unfinished: UInt64(unfinished),
                        reason: crashed ? "crash" : "restart")),
                body: nil)
        ]
        return [seal(append, then: Pending())]
    }

    /// An append that says that the machine's clock was moved.
    package mutating func noteClock(expected: Timestamp, found: Timestamp, at now: Timestamp) -> Append {
        var append = newAppend()
        append.drafts = [
            .other(
                .clock(
                    ClockEntry(
                        ledger: ledgerNames.operations, time: UInt64(now.milliseconds),
                        expected: UInt64(max(0, expected.milliseconds)),
                        found: UInt64(max(0, found.milliseconds)))),
                body: nil)
        ]
        return seal(append, then: Pending())
    }
}
