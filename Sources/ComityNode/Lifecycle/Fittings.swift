package import ComityLedger
package import ComityStoreSQLite

/// What a switch is fitted with besides its configuration. A product switch has these and no others; tests and benchmarks
/// change them in code, and no configuration leads to them.
package struct Fittings: Sendable {
    /// How hard a commit tries.
    package var synchronous = SQLiteStore.Synchronous.full
    /// Where the time comes from.
    package var clock = SwitchClock.Sources.machine
    /// Makes what seals mail and the switch's own copies of epoch keys, from the switch key.
    package var sealer: @Sendable (_ key: [UInt8]) -> any BodySealer = { SwitchKeySealer(key: $0)! }
    /// How the bodies of questions lie beside the ledger.
    package var bodies = LedgerWriter.Bodies.sealed
    /// Whether the ledgers that a commit touched are sealed.
    package var sealsLedgers = true

    package init() {}
}
