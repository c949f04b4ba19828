package import ComityLedger
package import ComityMessages

/// What a person wants sent once more: a message that was passed on before.
package struct ResendOrder: Sendable {
    /// The entry of the first time, and where it stands in the operations ledger.
    package let original: RelayEntry
    package let position: UInt64
    /// The message as it came; the caller has held it against the entry's commitment.
    package let raw: [UInt8]
    /// Who gets it again: some of those that the entry names.
    package let destinations: [Address]
    package let person: String
    package let reason: String

    /// The longest name and the longest reason, in bytes.
    package static let longestPerson = 100
    package static let longestReason = 2000

    package init(
        original: RelayEntry, position: UInt64, raw: [UInt8], destinations: [Address], person: String,
        reason: String
    ) {
        self.original = original
        self.position = position
        self.raw = raw
        self.destinations = destinations
        self.person = person
        self.reason = reason
    }
}

/// Why a message was not sent again.
package enum ResendFault: Error, Hashable, Sendable {
    /// The first time names nobody of this name.
    case notAmong(Address)
    /// A copy for this destination waits in the queue, for its link or for service.
    case waits(Address, QueueReason)
    /// A copy was set aside, under this number.
    case setAside(Address, number: UInt64)
    /// A copy has a number on its link, and the link has not said that it has it.
    case onItsWay(Address, link: String)
    /// No link of this switch speaks for it any more.
    case notReached(Address)
    /// The destination does not take messages of this key, or is out of service.
    case notTaken(Address, ServiceEntry.State)
    case notWritable
    /// With the line of a repeat it does not fit its output form.
    case tooLong
    /// A name and a reason must be given, and neither may be too long.
    case unnamed
}
