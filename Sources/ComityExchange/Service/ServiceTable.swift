package import ComityLedger
package import ComityMessages

/// What a destination takes of a key, or of every key.
package struct ServiceState: Hashable, Sendable {
    package let destination: Address
    /// `nil` for every key.
    package let key: MessageKey?
    package let state: ServiceEntry.State
    /// When it is open again by itself.
    package let until: Timestamp?
    package let cause: ServiceEntry.Cause
    /// The link whose status message said so.
    package let link: String?
    /// A word.
    package let reason: String
    package let since: Timestamp

    package init(
        destination: Address, key: MessageKey?, state: ServiceEntry.State, until: Timestamp? = nil,
        cause: ServiceEntry.Cause = .people, link: String? = nil, reason: String, since: Timestamp
    ) {
        self.destination = destination
        self.key = key
        self.state = state
        self.until = until
        self.cause = cause
        self.link = link
        self.reason = reason
        self.since = since
    }
}

/// The service states of all destinations: the newest word about each destination and key counts.
///
/// A word about every key of a destination takes the place of those about single keys. What nobody spoke of is open.
struct ServiceTable {
    private var rows: [Place: ServiceState] = [:]

    private struct Place: Hashable {
        let destination: Address
        let key: MessageKey?
    }

    /// Whether everything is open.
    var isEmpty: Bool { rows.isEmpty }

    /// What is not simply open, by destination and key.
    var all: [ServiceState] {
        rows.values.sorted {
            ($0.destination.description, $0.key?.description ?? "")
                < ($1.destination.description, $1.key?.description ?? "")
        }
    }

    mutating func set(_ state: ServiceState) {
        if state.key == nil { rows = rows.filter { $0.key.destination != state.destination } }
        let place = Place(destination: state.destination, key: state.key)
        // Open is what it is without a word, unless a word about every key says otherwise.
        let rests = state.key == nil || rows[Place(destination: state.destination, key: nil)] == nil
        rows[place] = state.state == .open && rests ? nil : state
    }

    /// What keeps a destination from taking a key; `nil` if it is open. An agency's own state goes before its member's.
    func obstacle(_ destination: Address, of member: MemberCode?, _ key: MessageKey) -> ServiceState? {
        var places = [Place(destination: destination, key: key), Place(destination: destination, key: nil)]
        if let member, destination != .member(member) {
            places.append(Place(destination: .member(member), key: key))
            places.append(Place(destination: .member(member), key: nil))
        }
        let found = places.lazy.compactMap { rows[$0] }.first
        return found?.state == .open ? nil : found
    }

    /// States whose stated time is over.
    func ended(at now: Timestamp) -> [ServiceState] { all.filter { $0.until.map { $0 <= now } ?? false } }

    /// When that is the case next.
    var nextEnd: Timestamp? { rows.values.lazy.compactMap(\.until).min() }
}
