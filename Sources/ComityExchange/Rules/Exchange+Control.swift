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

    /// An append that says that the last process ended without closing some look-ups, which are taken up now.
    ///
    /// - Parameter since: the time of the last entry that it wrote.
    package mutating func noteGap(unfinished: Int, since: Timestamp, at now: Timestamp) -> [Append] {
        var append = newAppend()
        append.drafts = [
            .other(
                .gap(
                    GapEntry(
                        ledger: ledgerNames.operations, time: UInt64(now.milliseconds),
                        since: UInt64(since.milliseconds), unfinished: UInt64(unfinished), reason: "restart")),
                body: nil)
        ]
        return [seal(append, then: Pending())]
    }
}
