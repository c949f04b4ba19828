package import ComityMessages

/// What an owner that judges for itself has answered, as it goes on to the asker.
///
/// All of it goes on as it came, unless the network's floor withholds something that was asked for. Then elements go out by
/// naming their groups, as anywhere, and of the words only those that cannot hold a record's data: an answer with data loses
/// everything but its first lines.
struct PassedOnAnswer {
    /// Who says it: the owner's file, or its switch.
    let origin: ORI
    let lines: [String]
    let elements: [Element]
    /// What became of it there; `nil` if its first line does not say.
    let status: Outcome?
    /// The rule that decided there.
    let rule: String?
    /// Until when a desk decides there, if it is held.
    let heldUntil: Timestamp?
    /// What was asked for, was in the answer, and does not go on.
    let withheld: FieldGroupSet

    /// Stands in place of words that were left out.
    static let withoutWords =
        "The owner's words are left out: the network's floor withholds part of what was asked for."

    init(
        _ message: Message, owner: MemberCode, asked: FieldGroupSet, floor: FieldGroupSet,
        groupOf: (String) -> FieldGroup?
    ) {
        origin = message.origin
        let text = message.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let chain = StatusLine.chain(text, owner: owner)
        status = chain.last?.outcome
        rule = chain.last?.rule
        heldUntil = text.lazy.compactMap(Self.time).first
        guard !floor.isSuperset(of: asked) else {
            (lines, elements, withheld) = (text, message.elements, [])
            return
        }
        var kept: [Element] = []
        var cut: FieldGroupSet = []
        for element in message.elements {
            guard let group = groupOf(element.prefix) else {
                // Nobody knows what it holds.
                cut.formUnion(asked.subtracting(floor))
                continue
            }
            if floor.contains(group) { kept.append(element) } else { cut.add(group) }
        }
        elements = kept
        withheld = cut.intersection(asked)
        switch status {
        case .refused, .heldForReview, .noAnswer: lines = text
        case .released, .releasedInPart, .passedOn, nil:
            let safe = chain.map(\.description) + text.filter { $0 == Reply.notOnFile }
            lines = safe.count == text.count ? text : safe + [Self.withoutWords]
        }
    }

    /// `Decided by 2026-11-02T19:00:00.000Z at the latest.`
    private static func time(_ line: String) -> Timestamp? {
        guard line.hasPrefix(Reply.decidedBy), line.hasSuffix(Reply.atTheLatest) else { return nil }
        return Timestamp(String(line.dropFirst(Reply.decidedBy.count).dropLast(Reply.atTheLatest.count)))
    }
}

extension StatusLine {
    /// The first lines of an answer that was passed on, each of the switch behind the one before: the last says what became of
    /// the look-up where it was judged.
    package static func chain(_ lines: [String], owner: MemberCode) -> [StatusLine] {
        var chain: [StatusLine] = []
        for line in lines where line != Reply.lateWords {
            guard chain.last.map({ $0.outcome == .passedOn }) ?? true, let status = StatusLine(line),
                status.owner == owner
            else { break }
            chain.append(status)
        }
        return chain
    }
}
