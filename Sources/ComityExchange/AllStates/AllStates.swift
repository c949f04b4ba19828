import ComityMessages

/// One question put to all owners at once, from its arrival until its merged answer (the multi-state query of the Nlets
/// guide: one message to `NL`, answers gathered for up to 60 seconds).
///
/// A reference, held by its look-ups: the first that ends and the last must see the same one.
final class AllStates {
    /// When the merged answer goes out, whoever is still missing.
    let until: Timestamp
    /// Who was asked, in the order of their codes.
    let owners: [MemberCode]
    /// The members that have a code and are no owners of this switch: nobody asked them.
    let notAsked: [MemberCode]
    /// Whether the merged answer is on its way. What comes later is delivered singly.
    private(set) var isDelivered = false
    private var parts: [MemberCode: Part] = [:]

    /// What is known of one owner's answer.
    enum Part {
        case waiting(Lookup)
        /// A person will decide; this is what the asker is told meanwhile.
        case held(Lookup, Reply)
        case ended(Lookup, Ended)
    }

    /// A look-up that has ended and waits for the others: its closing is written together with the merged answer, so
    /// that after a crash nothing is closed that was not delivered.
    struct Ended {
        let reply: Reply
        let closing: Exchange.Closing
        /// The place of its question's draft, if that stands in the append with this number.
        let draft: (append: UInt64, place: Int)?
    }

    init(_ owners: [MemberCode], notAsked: [MemberCode], until: Timestamp) {
        self.owners = owners
        self.notAsked = notAsked
        self.until = until
    }

    /// Whether everybody has said something.
    var isComplete: Bool {
        parts.count == owners.count
            && parts.values.allSatisfy { if case .waiting = $0 { false } else { true } }
    }

    /// Whether all questions are on the disk.
    var isRecorded: Bool {
        parts.count == owners.count
            && parts.values.allSatisfy { part in
                switch part {
                case .waiting(let lookup), .held(let lookup, _), .ended(let lookup, _): lookup.place != nil
                }
            }
    }

    func set(_ part: Part, for owner: MemberCode) { parts[owner] = part }

    /// What is known of each owner's answer, in the order of their codes; from now on the look-ups go their own ways.
    func deliver() -> [(owner: MemberCode, part: Part)] {
        isDelivered = true
        // The look-ups hold this object; it must not hold them for ever.
        defer { parts = [:] }
        return owners.compactMap { owner in parts[owner].map { (owner, $0) } }
    }
}
