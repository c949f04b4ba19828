import ComityMessages

/// One session of a link: its counters in both directions, and the mail that the link has not acknowledged.
///
/// A reference, held by the machine alone: every event touches one.
///
/// | number | moves when |
/// | --- | --- |
/// | `accepted` | a message arrived in order; its append is on the way to the disk |
/// | `received` | that append is durable: this is what the link is told |
/// | `sent` | mail was given a number, in the append that makes it durable |
/// | `written` | mail was handed to the connection |
/// | `delivered` | the link says that it has it |
final class Session {
    let id: SessionID
    let link: String
    let name: String
    var accepted: UInt64
    var received: UInt64
    var sent: UInt64
    var delivered: UInt64
    var written: UInt64
    /// Durable mail with numbers above `delivered`, in order.
    var outbox: Outbox = Outbox()
    /// Where the link is now.
    var connection: ConnectionID?
    /// How often in a row the connection broke while the first letter of the outbox was on it.
    var breaks = 0
    /// The number of that letter.
    var brokenAt: UInt64 = 0
    /// When it broke last.
    var brokenSince: Timestamp?
    /// Until when nothing is offered, after the connection broke again and again.
    var offerFrom: Timestamp?
    /// Whether the store has a row of it, or will with an append that is under way.
    var isStored = false

    init(id: SessionID, link: String, name: String, received: UInt64 = 0, sent: UInt64 = 0) {
        self.id = id
        self.link = link
        self.name = name
        accepted = received
        self.received = received
        self.sent = sent
        delivered = sent
        written = sent
    }

    /// What a numbered message from the link means.
    func verdict(on sequence: UInt64) -> Verdict {
        if sequence <= accepted { return .repeated }
        return sequence == accepted + 1 ? .next : .gap(expected: accepted + 1)
    }

    /// Durable mail. What was set aside is replaced by a notice under its number.
    func take(_ mail: Mail) {
        guard outbox.put(Outbox.Letter(sequence: mail.sequence, bytes: mail.bytes)) else { return }
        breaks = 0
        offerFrom = nil
    }

    enum Verdict: Equatable {
        /// In order.
        case next
        /// Sent again after a connection broke: already accepted.
        case repeated
        /// Something between is missing; the link must begin again from `expected`.
        case gap(expected: UInt64)
    }
}

/// Durable mail that waits for one link, in the order of its numbers.
struct Outbox {
    private var letters: [Letter] = []
    private var first = 0

    struct Letter {
        let sequence: UInt64
        let bytes: [UInt8]
    }

    var count: Int { letters.count - first }

    /// Puts a letter where its number belongs. Returns whether it took the place of another.
    mutating func put(_ letter: Letter) -> Bool {
        guard let last = letters.last, first < letters.count, letter.sequence <= last.sequence else {
            letters.append(letter)
            return false
        }
        let place = letters[first...].firstIndex { $0.sequence >= letter.sequence } ?? letters.count
        guard letters[place].sequence == letter.sequence else {
            letters.insert(letter, at: place)
            return false
        }
        letters[place] = letter
        return true
    }

    /// The letter that the link gets first.
    var head: Letter? { first < letters.count ? letters[first] : nil }

    /// Takes out what is acknowledged. Returns whether there was any.
    mutating func removeThrough(_ sequence: UInt64) -> Bool {
        let start = first
        while first < letters.count, letters[first].sequence <= sequence { first += 1 }
        guard first > start else { return false }
        // Keeps the array from growing for ever at one end.
        if first > 32, first * 2 > letters.count {
            letters.removeFirst(first)
            first = 0
        } else if first == letters.count {
            letters.removeAll(keepingCapacity: true)
            first = 0
        }
        return true
    }

    /// The letters above a number, at most `limit`.
    func after(_ sequence: UInt64, limit: Int) -> ArraySlice<Letter> {
        var start = letters.count
        while start > first, letters[start - 1].sequence > sequence { start -= 1 }
        return letters[start...].prefix(max(0, limit))
    }

    var firstSequence: UInt64? { first < letters.count ? letters[first].sequence : nil }

    var bytes: [[UInt8]] { letters[first...].map(\.bytes) }
}
