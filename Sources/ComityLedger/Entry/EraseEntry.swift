import Crypto

/// Envelopes were erased, of look-ups or of messages that were passed on: by order of a court, at the request of the owner,
/// or because their time was up.
///
/// It stands twice, written in one commit: in the ledger that the envelopes lay beside, and in the control ledger, which
/// everybody may read and which has the text of the order too. Their entries stay as they were, and with them every proof.
public struct EraseEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 9
    static let fieldCount = 11

    /// Why envelopes were erased. The numbers stand in the ledger.
    public enum Basis: UInt8, CaseIterable, Hashable, Sendable {
        /// A court ordered it.
        case courtOrder
        /// The time for which the owner keeps them was over.
        case expiry
        /// The owner asked for it.
        case request
    }

    /// The positions of entries that had an envelope: all from the first to the last.
    public struct Stretch: Hashable, Sendable {
        public let first: UInt64
        public let last: UInt64

        /// `nil` if the last comes before the first.
        public init?(first: UInt64, last: UInt64) {
            guard first <= last else { return nil }
            self.first = first
            self.last = last
        }

        /// Whether a position lies in it.
        public func contains(_ position: UInt64) -> Bool { first <= position && position <= last }
    }

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    public var basis: Basis
    /// The ledger of those entries, if it is another one: always so in a control ledger.
    public var lane: LedgerName?
    /// Where they stand in that ledger; every envelope in it is gone.
    public var positions: Stretch
    /// How many envelopes were erased.
    public var count: UInt64
    /// The SHA-256 of the text of the order; `nil` for an expiry, which needs none.
    public var order: LedgerHash?
    /// The text of the order, in a control ledger only. Public, so it names a court and a file, and no person.
    public var text: String?

    /// The longest text of an order, in bytes.
    public static let maximumTextLength = 400

    /// The entry in the ledger that the envelopes lay beside.
    public init(
        ledger: LedgerName, time: UInt64, basis: Basis, lane: LedgerName? = nil, positions: Stretch,
        count: UInt64, order: LedgerHash?
    ) {
        self.ledger = ledger
        self.time = time
        self.basis = basis
        self.lane = lane
        self.positions = positions
        self.count = count
        self.order = order
    }

    /// The entry in the control ledger.
    public init(
        control: LedgerName, time: UInt64, basis: Basis, lane: LedgerName, positions: Stretch, count: UInt64,
        text: String?
    ) {
        ledger = control
        self.time = time
        self.basis = basis
        self.lane = lane
        self.positions = positions
        self.count = count
        self.text = text
        order = text.map { Self.hash(ofOrder: $0) }
    }

    /// What the entry in the owner's ledger names an order by.
    public static func hash(ofOrder text: String) -> LedgerHash {
        SHA256.hash(data: Array(text.utf8)).withUnsafeBytes { LedgerHash(copying: $0) }
    }

    /// Whether a text can stand as an order: printable, and neither empty nor too long.
    public static func isOrder(_ text: String) -> Bool {
        (1...maximumTextLength).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }

    func write(to writer: inout FieldWriter) throws(EntryError) {
        try check()
        writer.unsigned(UInt64(basis.rawValue))
        writer.text(lane?.description)
        writer.unsigned(positions.first)
        writer.unsigned(positions.last)
        writer.unsigned(count)
        writer.hash(order)
        writer.text(text)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        basis = try reader.choice()
        lane = try reader.optionalLedgerName()
        let first = try reader.unsigned()
        guard let positions = Stretch(first: first, last: try reader.unsigned()) else {
            throw EntryError(.outOfRange, field: 7)
        }
        self.positions = positions
        count = try reader.unsigned()
        order = try reader.optionalHash()
        text = try reader.optionalText()
        try check()
    }

    /// Each of the two has its own form, and no other.
    private func check() throws(EntryError) {
        let isControl = ledger.kind == .control
        // An owner's, or operations, in the same switch. Of operations there is one ledger, so nothing but the control
        // ledger tells of it by name.
        if let lane {
            guard lane.kind != .control, lane.switchName == ledger.switchName, lane != ledger,
                isControl || (lane.owner != nil && lane.owner == ledger.owner)
            else { throw EntryError(.wrongForm, field: 5) }
        } else if isControl {
            throw EntryError(.wrongForm, field: 5)
        }
        guard count > 0, count - 1 <= positions.last - positions.first else {
            throw EntryError(.outOfRange, field: 8)
        }
        guard (order == nil) == (basis == .expiry) else { throw EntryError(.wrongForm, field: 9) }
        guard let text else {
            if isControl, order != nil { throw EntryError(.wrongForm, field: 10) }
            return
        }
        guard isControl, Self.isOrder(text), Self.hash(ofOrder: text) == order else {
            throw EntryError(.wrongForm, field: 10)
        }
    }
}

extension EraseEntry.Basis {
    /// The word on the command line and in exports.
    public var word: String {
        switch self {
        case .courtOrder: "court-order"
        case .expiry: "expiry"
        case .request: "request"
        }
    }
}
