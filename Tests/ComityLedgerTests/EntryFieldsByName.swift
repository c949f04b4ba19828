import ComityLedger
import Foundation

extension LedgerEntry {
    /// The fields under the names of `docs/ledger-format.md`, as loose JSON, to compare with the vectors.
    var fieldsByName: [String: Any] {
        var fields: [String: Any] = ["format": 1, "ledger": ledger.description, "time": time]
        for (name, value) in own { fields[name] = value }
        return fields
    }

    private var own: [String: Any] {
        switch self {
        case .question(let entry):
            [
                "type": 1, "transaction": "\(entry.transaction)", "message": "\(entry.message)",
                "agency": entry.agency, "key": entry.key, "facts": entry.facts.map(\.plain),
                "noDecisionOnFile": entry.noDecisionOnFile, "gate": entry.gate.rawValue,
                "groups": entry.groups, "withheld": entry.withheld, "deciding": entry.deciding,
                "matched": entry.matched, "duties": entry.duties, "body": "\(entry.body.hash)",
            ].merging(entry.versions.plain) { one, _ in one }
        case .closing(let entry):
            [
                "type": 2, "transaction": "\(entry.transaction)", "question": entry.question,
                "questionLedger": orNull(entry.questionLedger?.description), "ending": entry.ending.rawValue,
                "records": entry.records, "given": entry.given, "withheld": entry.withheld,
                "deciding": entry.deciding, "recordFacts": entry.recordFacts.map(\.plain),
                "answer": orNull(entry.answer?.hash.description),
            ].merging(entry.versions.plain) { one, _ in one }
        case .open(let entry):
            [
                "type": 3, "switch": ledger.switchName, "owner": orNull(ledger.owner),
                "year": orNull(ledger.year), "previousSize": orNull(entry.previousSize),
                "previousRoot": orNull(entry.previousRoot?.description),
            ]
        case .gap(let entry):
            ["type": 4, "since": entry.since, "unfinished": entry.unfinished, "reason": entry.reason]
        case .policy(let entry):
            [
                "type": 5, "owner": entry.owner, "change": entry.change.rawValue, "number": entry.number,
                "effective": entry.effective, "until": orNull(entry.until), "policy": "\(entry.policy)",
                "taxonomy": "\(entry.taxonomy)", "directory": "\(entry.directory)",
            ]
        case .directory(let entry):
            [
                "type": 6, "subject": entry.subject.rawValue, "version": entry.version,
                "hash": "\(entry.hash)",
            ]
        case .access(let entry):
            [
                "type": 7, "action": entry.action.rawValue, "role": entry.role, "reason": entry.reason,
                "first": orNull(entry.first), "count": orNull(entry.count),
                "search": orNull(entry.search?.hash.description),
            ]
        case .message(let entry):
            [
                "type": 8, "message": orNull(entry.message?.description), "link": entry.link,
                "reason": entry.reason, "number": orNull(entry.number), "offset": orNull(entry.offset),
                "length": entry.length, "agency": orNull(entry.agency),
            ]
        case .erase(let entry):
            [
                "type": 9, "basis": entry.basis.rawValue, "lane": orNull(entry.lane?.description),
                "first": entry.positions.first, "last": entry.positions.last, "count": entry.count,
                "order": orNull(entry.order?.description), "text": orNull(entry.text),
            ]
        case .clock(let entry): ["type": 10, "expected": entry.expected, "found": entry.found]
        case .close(let entry): ["type": 11, "next": entry.next]
        case .review(let entry):
            [
                "type": 12, "transaction": "\(entry.transaction)", "question": entry.question,
                "questionLedger": orNull(entry.questionLedger?.description), "desk": entry.desk,
                "decision": entry.decision.rawValue, "reason": entry.reason.rawValue, "groups": entry.groups,
                "missing": entry.missing, "body": "\(entry.body.hash)",
            ]
        case .relay(let entry):
            [
                "type": 13, "message": "\(entry.message)", "link": entry.link,
                "agency": orNull(entry.agency), "key": entry.key, "destinations": entry.destinations,
                "length": entry.length, "body": "\(entry.body.hash)",
            ]
        case .service(let entry):
            [
                "type": 14, "destination": entry.destination, "key": orNull(entry.key),
                "state": entry.state.rawValue, "until": orNull(entry.until), "cause": entry.cause.rawValue,
                "link": orNull(entry.link), "reason": entry.reason,
            ]
        case .resend(let entry):
            [
                "type": 16, "message": "\(entry.message)", "original": "\(entry.original)",
                "relay": entry.relay, "destinations": entry.destinations, "body": "\(entry.body.hash)",
            ]
        case .posting(let entry):
            [
                "type": 15, "action": entry.kind.rawValue, "subject": entry.subject,
                "message": "\(entry.message)", "link": entry.link, "agency": entry.agency,
                "length": entry.length, "text": orNull(entry.text.map { "\($0)" }),
            ]
        }
    }
}

extension EntryFact {
    fileprivate var plain: Any {
        switch self {
        case .absent: NSNull()
        case .number(let value): value
        case .text(let value): value
        case .texts(let values): values
        }
    }
}

extension EntryVersions {
    fileprivate var plain: [String: Any] {
        [
            "taxonomy": "\(taxonomy)", "directory": "\(directory)", "floor": "\(floor)",
            "policy": orNull(policy?.description),
        ]
    }
}

private func orNull(_ value: Any?) -> Any { value ?? NSNull() }
