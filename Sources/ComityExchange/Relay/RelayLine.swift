package import ComityMessages

/// What became of one copy of a relayed message: one line of the report to its sender, `WA WAITS-FOR-SERVICE`.
package struct RelayLine: Hashable, Sendable, CustomStringConvertible {
    package enum Status: String, CaseIterable, Sendable {
        case sent = "SENT"
        /// It goes on when there is room on the link, or the link connects.
        case queued = "QUEUED"
        case waitsForService = "WAITS-FOR-SERVICE"
        case outOfService = "OUT-OF-SERVICE"
        case notSupported = "NOT-SUPPORTED"
        /// No link of this switch speaks for it.
        case notReached = "NOT-REACHED"
    }

    package let destination: Address
    package let status: Status
    /// Until when it waits.
    package let until: Timestamp?

    init(_ destination: Address, _ status: Status, until: Timestamp? = nil) {
        self.destination = destination
        self.status = status
        self.until = until
    }

    package var description: String {
        "\(destination) \(status.rawValue)" + (until.map { " UNTIL \($0)" } ?? "")
    }

    /// The report to the sender, a line for each copy; `nil` if all of them go their way.
    static func report(_ lines: [RelayLine], on message: Message, tables: CodeTables) -> Message? {
        func has(_ status: Status) -> Bool { lines.contains { $0.status == status } }
        let number: Int
        if has(.waitsForService) {
            number = 2
        } else if has(.outOfService) || has(.notReached) {
            number = 4
        } else if has(.notSupported) {
            number = 1
        } else {
            return nil
        }
        return SystemMessages.status(
            number: number, detail: lines.map(\.description).joined(separator: "\n"),
            to: .agency(message.origin), control: message.control, tables: tables)
    }
}
