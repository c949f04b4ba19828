import ComityExchange
import ComityLedger
import ComityMessages

/// What the switchboard's thread is told.
enum Event: Sendable {
    case link(LinkEvent)
    /// Appends that became durable, in order.
    case stored([LedgerWriter.Receipt])
    /// What record sources said.
    case answers([(lookup: TransactionID, answer: RecordAnswer)])
    /// A question about, or a change of, the machine from outside the hot path.
    case visit(@Sendable (inout Exchange) -> Void)
    /// Something to be written besides look-ups; then say where it stands.
    case keep(Keeping, then: @Sendable ([EntryPlace]) -> Void)
    /// A desk decides; then say what came of it, once it is durable.
    case decide(DeskDecision, then: @Sendable (Result<DeskOutcome, DeskFault>) -> Void)
    /// Change what the machine is told; then say where the ledger has it.
    case change(SwitchChange, then: @Sendable ([EntryPlace]) -> Void)
    /// Somebody decides about a message that was set aside; then say what came of it, once it is durable.
    case decideSetAside(UInt64, release: Bool, then: @Sendable (Result<Void, SetAsideFault>) -> Void)
    /// A person has a message sent once more; then say what becomes of each copy and where the entry stands, once it is
    /// durable.
    case resend(
        ResendOrder, then: @Sendable (Result<(lines: [RelayLine], places: [EntryPlace]), ResendFault>) -> Void
    )
    /// Take no more messages; the rest goes on.
    case drain
}
