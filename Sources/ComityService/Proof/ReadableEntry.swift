import ComityDirectory
import ComityExchange
package import ComityLedger
package import ComityMessages
package import ComityPolicy
package import ComityStore

/// One entry for people and their programs: words instead of numbers, facts by their names. It holds what the entry
/// holds, and so nothing about a person.
package struct ReadableEntry: Hashable, Sendable, Encodable {
    package let ledger: String
    package let position: UInt64
    package let time: Timestamp?
    /// The type; `unreadable` for bytes that are no entry.
    package let type: String
    package private(set) var reference: String?
    package private(set) var agency: String?
    package private(set) var key: String?
    package private(set) var gate: String?
    package private(set) var ending: String?
    package private(set) var groups: [String]?
    package private(set) var withheld: [String]?
    package private(set) var rules: [String]?
    package private(set) var records: UInt64?
    /// Of a question the facts that are known and stated; `nil` if they were recorded under another taxonomy than the one
    /// that is here.
    package private(set) var facts: [String: String]?
    /// Whether the envelope of a question is there.
    package private(set) var envelope: Bool?
    /// Everything else that the entry holds, by the names of the format.
    package private(set) var more: [String: String] = [:]

    /// The columns of the table.
    package static let columns = [
        "ledger", "position", "time", "type", "reference", "agency", "key", "gate", "ending", "groups",
        "withheld",
        "rules", "records", "facts", "envelope", "more",
    ]

    /// The values of the columns; lists have spaces between their items, names `=` before their values.
    package var row: [String] {
        func list(_ items: [String]?) -> String { (items ?? []).joined(separator: " ") }
        func pairs(_ items: [String: String]?) -> String {
            (items ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        return [
            ledger, "\(position)", time?.description ?? "", type, reference ?? "", agency ?? "", key ?? "",
            gate ?? "", ending ?? "", list(groups), list(withheld), list(rules),
            records.map(String.init) ?? "",
            pairs(facts), envelope.map { $0 ? "there" : "erased" } ?? "", pairs(more),
        ]
    }

    package init(
        _ bytes: [UInt8], ledger: LedgerName, position: UInt64, hasBody: Bool, taxonomy: Taxonomy
    ) {
        self.ledger = ledger.description
        self.position = position
        let entry: LedgerEntry
        do throws(EntryError) {
            entry = try LedgerEntry(decoding: bytes)
        } catch {
            time = nil
            type = "unreadable"
            more = ["fault": error.code]
            return
        }
        time = Timestamp(milliseconds: Int64(clamping: entry.time))
        type = entry.kind.rawValue
        switch entry {
        case .question(let entry): take(entry, hasBody: hasBody, taxonomy)
        case .closing(let entry): take(entry, taxonomy)
        case .open(let entry):
            more = Self.known([
                ("previousSize", entry.previousSize.map(String.init)),
                ("previousRoot", entry.previousRoot?.description),
            ])
        case .gap(let entry):
            more = [
                "since": Self.time(entry.since), "unfinished": "\(entry.unfinished)", "reason": entry.reason,
            ]
        case .policy(let entry):
            more = Self.known([
                ("owner", entry.owner), ("change", "\(entry.change)"), ("number", "\(entry.number)"),
                ("effective", "\(Day(number: Int(clamping: entry.effective)))"),
                ("until", entry.until.map { "\(Day(number: Int(clamping: $0)))" }),
                ("policy", "\(entry.policy)"),
                ("taxonomy", "\(entry.taxonomy)"), ("directory", "\(entry.directory)"),
            ])
        case .directory(let entry):
            more = ["subject": "\(entry.subject)", "version": entry.version, "hash": "\(entry.hash)"]
        case .access(let entry):
            more = Self.known([
                ("action", "\(entry.action)"), ("role", entry.role), ("reason", entry.reason),
                ("first", entry.first.map(String.init)), ("count", entry.count.map(String.init)),
                ("search", entry.search?.hash.description),
            ])
        case .message(let entry):
            agency = entry.agency
            more = Self.known([
                ("link", entry.link), ("reason", entry.reason), ("number", entry.number.map(String.init)),
                ("offset", entry.offset.map(String.init)), ("length", "\(entry.length)"),
            ])
        case .erase(let entry):
            more = Self.known([
                ("basis", entry.basis.word), ("lane", (entry.lane ?? entry.ledger).description),
                ("first", "\(entry.positions.first)"), ("last", "\(entry.positions.last)"),
                ("count", "\(entry.count)"), ("order", entry.order?.description), ("text", entry.text),
            ])
        case .clock(let entry):
            more = ["expected": Self.time(entry.expected), "found": Self.time(entry.found)]
        case .close(let entry): more = ["next": "\(entry.next)"]
        case .review(let entry):
            reference = Reference(entry.transaction).description
            groups = Self.words(entry.groups)
            more = Self.known([
                ("question", "\(entry.question)"), ("questionLedger", entry.questionLedger?.description),
                ("desk", entry.desk), ("decision", "\(entry.decision)"), ("reason", entry.reason.word),
                ("missing", "\(entry.missing)"),
            ])
        case .relay(let entry):
            reference = Reference(TransactionID(of: entry.message)).description
            agency = entry.agency
            key = entry.key
            envelope = hasBody
            more = Self.known([
                ("message", entry.message.description), ("link", entry.link),
                ("destinations", entry.destinations.joined(separator: " ")), ("length", "\(entry.length)"),
            ])
        case .resend(let entry):
            envelope = hasBody
            more = Self.known([
                ("message", entry.message.description), ("original", entry.original.description),
                ("relay", "\(entry.relay)"), ("destinations", entry.destinations.joined(separator: " ")),
            ])
        case .service(let entry):
            key = entry.key
            more = Self.known([
                ("destination", entry.destination), ("state", entry.state.word),
                ("until", entry.until.map(Self.time)), ("cause", "\(entry.cause)"), ("link", entry.link),
                ("reason", entry.reason),
            ])
        case .posting(let entry):
            agency = entry.agency
            more = Self.known([
                ("posted", entry.kind.word), ("subject", entry.subject),
                ("message", entry.message.description), ("link", entry.link), ("length", "\(entry.length)"),
                ("text", entry.text?.description),
            ])
        }
    }

    private mutating func take(_ entry: QuestionEntry, hasBody: Bool, _ taxonomy: Taxonomy) {
        reference = Reference(entry.transaction).description
        agency = entry.agency
        key = entry.key
        gate = "\(entry.gate)"
        groups = Self.words(entry.groups)
        withheld = Self.words(entry.withheld)
        rules = entry.deciding
        envelope = hasBody
        more = Self.known([
            ("decisionOnFile", entry.noDecisionOnFile ? "no" : "yes"),
            ("matched", entry.matched.isEmpty ? nil : entry.matched.joined(separator: " ")),
            ("duties", entry.duties.isEmpty ? nil : entry.duties.joined(separator: " ")),
            ("policy", entry.versions.policy?.description),
        ])
        guard let owner = entry.ledger.owner.flatMap({ MemberCode($0) }),
            entry.versions.taxonomy.bytes == taxonomy.hash,
            let facts = FactVector(codes: entry.facts.map(FactCode.init), owner: owner, taxonomy: taxonomy)
        else { return }
        var named = Self.named(facts.values, taxonomy)
        for (name, value) in Self.named(facts.requester) { named[name] = value }
        switch facts.onBehalf {
        case .nobody: break
        case .agency(let other): named["on-behalf-of"] = other.ori.description
        case .unreadable: named["on-behalf-of"] = "unreadable"
        }
        if !facts.over.isEmpty { named["over"] = facts.over.map(\.description).joined(separator: " ") }
        self.facts = named
    }

    private mutating func take(_ entry: ClosingEntry, _ taxonomy: Taxonomy) {
        reference = Reference(entry.transaction).description
        ending = "\(entry.ending)"
        groups = Self.words(entry.given)
        withheld = Self.words(entry.withheld)
        rules = entry.deciding
        records = entry.records
        more = Self.known([
            ("question", "\(entry.question)"), ("questionLedger", entry.questionLedger?.description),
            ("policy", entry.versions.policy?.description),
        ])
    }

    private static func words(_ groups: UInt16) -> [String] {
        FieldGroupSet(rawValue: groups).groups.map(\.rawValue)
    }

    private static func time(_ milliseconds: UInt64) -> String {
        Timestamp(milliseconds: Int64(clamping: milliseconds)).description
    }

    private static func known(_ pairs: [(String, String?)]) -> [String: String] {
        var result: [String: String] = [:]
        for (name, value) in pairs { result[name] = value }
        return result
    }

    /// Those that are known and stated.
    private static func named(_ values: [FactValue], _ taxonomy: Taxonomy) -> [String: String] {
        var result: [String: String] = [:]
        for (fact, value) in zip(taxonomy.facts, values) {
            if let index = value.index, index < fact.values.count {
                result[fact.name] = fact.values[index].code
            }
        }
        return result
    }

    private static func named(_ requester: Requester) -> [String: String] {
        known([
            ("kind", requester.kind), ("state", requester.state?.description),
            ("family", requester.family.flatMap { $0 }?.description),
            (
                "affiliations",
                requester.affiliations.flatMap {
                    $0.isEmpty ? nil : $0.map(\.description).joined(separator: " ")
                }
            ),
            ("known", requester.kind == nil ? "no" : nil),
        ])
    }
}

extension LedgerExtract {
    /// Gives every entry of a ledger, as it stood when its head was read, in words.
    package static func read(
        _ head: HeadRow, name: LedgerName, from store: some EntrySource, taxonomy: Taxonomy, step: Int = 5000,
        each: (ReadableEntry) throws -> Void
    ) throws {
        try rows(head, from: store, step: step) { row in
            try each(
                ReadableEntry(
                    row.bytes, ledger: name, position: row.position, hasBody: row.body != nil,
                    taxonomy: taxonomy))
        }
    }
}
