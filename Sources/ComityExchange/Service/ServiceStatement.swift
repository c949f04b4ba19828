package import ComityLedger
package import ComityMessages

/// What a member says of its own service, as the first line of a status message (SM) on its own link:
/// `COMITY 1 SERVICE WA DQ HOLD UNTIL 2026-11-24T06:00:00Z REASON maintenance`.
///
/// The form is ours; the documented status messages between members are words for people.
package struct ServiceStatement: Hashable, Sendable, LosslessStringConvertible {
    package var destination: Address
    /// `nil` for every key, written `ALL`.
    package var key: MessageKey?
    package var state: ServiceEntry.State
    package var until: Timestamp?
    package var reason: String?

    private static let head = ["COMITY", "1", "SERVICE"]

    /// Whether a line is meant as one.
    package static func isMeant(_ text: String) -> Bool {
        text.split(separator: " ", maxSplits: 3).prefix(3).elementsEqual(head.map { Substring($0) })
    }

    package init(
        destination: Address, key: MessageKey?, state: ServiceEntry.State, until: Timestamp? = nil,
        reason: String? = nil
    ) {
        self.destination = destination
        self.key = key
        self.state = state
        self.until = until
        self.reason = reason
    }

    /// Reads the line; `nil` if it has another form.
    package init?(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 6, Self.isMeant(line), let destination = Address(words[3]),
            let state = ServiceEntry.State.allCases.first(where: { $0.word.uppercased() == words[5] })
        else { return nil }
        var key: MessageKey?
        if words[4] != "ALL" {
            guard let read = MessageKey(words[4]) else { return nil }
            key = read
        }
        self.init(destination: destination, key: key, state: state)
        var rest = words.dropFirst(6)
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { return nil }
            switch name {
            case "UNTIL":
                guard until == nil, let time = Timestamp(value) else { return nil }
                until = time
            case "REASON":
                guard reason == nil, Self.isReason(value) else { return nil }
                reason = value
            default: return nil
            }
        }
    }

    /// A word that the control ledger takes: a letter, then up to 63 small letters, digits, hyphens.
    package static func isReason(_ text: String) -> Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        guard let first = text.utf8.first, letters.contains(first), text.utf8.count <= 64 else {
            return false
        }
        return text.utf8.allSatisfy {
            letters.contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-")
        }
    }

    package var description: String {
        var words = Self.head + [destination.description, key?.description ?? "ALL", state.word.uppercased()]
        if let until { words += ["UNTIL", until.description] }
        if let reason { words += ["REASON", reason] }
        return words.joined(separator: " ")
    }
}
