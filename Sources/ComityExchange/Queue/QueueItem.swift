package import ComityLedger
package import ComityMessages

/// In what order messages go on that wait for one link. Nobody starves: see `LinkQueue`.
package enum QueuePriority: UInt8, CaseIterable, Hashable, Sendable {
    /// Status messages.
    case status
    case normal
    /// Look-ups that address a region.
    case regional

    /// The word of the command line and of the configuration.
    package var word: String {
        switch self {
        case .status: "status"
        case .normal: "normal"
        case .regional: "regional"
        }
    }
}

/// Why a message has no number yet.
package enum QueueReason: String, CaseIterable, Hashable, Sendable {
    /// Its destination holds: it is forwarded when service returns.
    case service
    /// Its link has as much as it may have at once, or others wait before it, or it is not connected.
    case room
    /// Its link broke again and again while it was sent: it waits for a person, and no longer blocks the link.
    case setAside = "set-aside"
}

/// A message or a look-up that waits and has no number yet: one row of the store's queue.
package struct QueueItem: Hashable, Sendable {
    /// Rising; never given twice by one process.
    package let id: UInt64
    /// The link that it goes to; `nil` for an owner's record source.
    package let link: String?
    package let destination: Address
    package let key: MessageKey
    package let priority: QueuePriority
    package let since: Timestamp
    /// When it is given up, and its sender told.
    package let until: Timestamp
    package var reason: QueueReason
    /// How often sending it ended with the connection breaking.
    package var attempts: Int
    package let content: Content

    /// What waits.
    package enum Content: Hashable, Sendable {
        /// A look-up: its question is in the owner's ledger.
        case lookup(TransactionID)
        case message(Relayed)
    }

    package init(
        id: UInt64, link: String?, destination: Address, key: MessageKey, priority: QueuePriority,
        since: Timestamp, until: Timestamp, reason: QueueReason, attempts: Int = 0, content: Content
    ) {
        self.id = id
        self.link = link
        self.destination = destination
        self.key = key
        self.priority = priority
        self.since = since
        self.until = until
        self.reason = reason
        self.attempts = attempts
        self.content = content
    }

    /// The look-up, if it is one.
    package var lookup: TransactionID? {
        if case .lookup(let id) = content { id } else { nil }
    }
}

/// A message that is passed on as it is, and what is needed to tell its sender what became of it.
package struct Relayed: Hashable, Sendable {
    /// Its name in the operations ledger.
    package let id: MessageID
    /// The message: as it came, or as it was last written for its link.
    package let bytes: [UInt8]
    package let form: Form
    /// When it came.
    package let received: Timestamp
    /// The link on which it came; empty for a message of the switch itself.
    package let from: String
    /// Whether somebody had it sent again.
    package var isRepeat: Bool

    /// In which of the two headers `bytes` are written.
    package enum Form: UInt8, Hashable, Sendable { case input, output }

    package init(
        id: MessageID, bytes: [UInt8], form: Form, received: Timestamp, from: String, isRepeat: Bool = false
    ) {
        self.id = id
        self.bytes = bytes
        self.form = form
        self.received = received
        self.from = from
        self.isRepeat = isRepeat
    }
}

extension Relayed {
    /// As it is sealed in its row: name (16 bytes) · received (8, big-endian) · form (1) · repeat (1) · length of the
    /// link's name (2) · the link's name · message.
    package func encode() -> [UInt8] {
        var bytes = id.bytes
        let link = Array(from.utf8)
        Self.append(UInt64(bitPattern: received.milliseconds), to: &bytes)
        bytes += [form.rawValue, isRepeat ? 1 : 0]
        Self.append(UInt16(truncatingIfNeeded: link.count), to: &bytes)
        return bytes + link + self.bytes
    }

    /// `nil` if the bytes are not what `encode` writes.
    package init?(decoding bytes: [UInt8]) {
        guard bytes.count >= 28, let id = MessageID(Array(bytes[0..<16])),
            let form = Form(rawValue: bytes[24])
        else { return nil }
        let received = bytes[16..<24].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let length = Int(bytes[26]) << 8 | Int(bytes[27])
        guard bytes.count >= 28 + length else { return nil }
        self.init(
            id: id, bytes: Array(bytes[(28 + length)...]), form: form,
            received: Timestamp(milliseconds: Int64(bitPattern: received)),
            from: String(decoding: bytes[28..<28 + length], as: UTF8.self), isRepeat: bytes[25] == 1)
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
