import ArgumentParser
import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStore
import ComityStoreSQLite

/// `comity message trace`
struct MessageTraceVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract:
            "One message from the line it came in on to the end of each look-up: every step and its time.",
        discussion: """
            A message to several owners is one message with several look-ups; any of their references finds all. The link and \
            its numbers are shown where the owner's key is here. The owner's ledger says that it was looked at.

            Of a message that was passed on (comity message find --relayed): when it came, to whom, and how often it was sent \
            again.

            Example: comity message trace A91C-03BF-77E0-12AB
            """)

    @Argument(help: "The reference that stands in an answer.")
    var reference: Reference

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let reader = try home.open()
            let (store, views) = (try reader.store(), try reader.views())
            if try views.lookups(reference: reference.bits).isEmpty,
                let relay = try RecordedRelay.find(reference, store: store)
            {
                home.recordView(
                    of: relay.entry.ledger, .view, reason: "trace", first: relay.position, count: 1)
                RelayText(output: output).show(relay)
                return 0
            }
            let found = try RecordedLookup.find(reference, views: views, store: store)
            for lookup in found {
                home.recordView(
                    of: lookup.question.ledger, .view, reason: "trace", first: lookup.questionPosition,
                    count: 1)
            }
            for lookup in found {
                var trace = try MessageTrace(
                    of: lookup, taxonomy: reader.data.taxonomy(), views: views, store: store)
                if let body = try body(of: lookup, reader, views, store) { trace.add(body) }
                if output.json { output.printJSON(trace) } else { show(trace) }
            }
            return 0
        }
    }

    /// The envelope of a question, if its owner's key is here and it was not erased.
    private func body(
        of lookup: RecordedLookup, _ reader: HomeReader, _ views: SQLiteViews, _ store: StoreReader
    ) throws -> QuestionBody? {
        guard let owner = lookup.question.ledger.owner.flatMap({ MemberCode($0) }),
            let secret = try? reader.secret(of: owner)?.secret,
            let id = try views.lookups(reference: Reference(lookup.question.transaction).bits).first?
                .question,
            let sealed = try store.entries(after: id - 1, limit: 1).first?.body
        else { return nil }
        var keys = OwnerKeys(owner: owner, secret: secret)
        guard case .body(let encoded) = try keys.open(sealed, of: lookup.question, store: store) else {
            return nil
        }
        return try? QuestionBody(decoding: encoded)
    }

    private func show(_ trace: MessageTrace) {
        let count = Set(trace.steps.map(\.reference)).count
        print(
            output.strong(trace.open == 0 ? "ENDED" : "UNDER WAY")
                + "   \(trace.agency) asked (\(trace.key)), \(count == 1 ? "1 look-up" : "\(count) look-ups")"
                + (trace.open > 0 ? ", \(trace.open) not ended" : ""))
        if let arrival = trace.arrival {
            print(
                "  received    \(arrival.receivedAt), link \(arrival.link), session \(arrival.session), message "
                    + "\(arrival.sequence)")
        } else {
            print(
                "  received    by a line of the kind \(trace.path ?? "unknown"); the owner's key says which")
        }
        var table = Table(["time", "ms", "owner", "reference", "what", "", "recorded"], numbers: [1])
        for step in trace.steps {
            table.add([
                "\(step.time)", "\(step.after)", step.owner, step.reference, step.what, step.detail,
                "\(step.ledger) \(step.position)",
            ])
        }
        print(table.text(output.isTerminal ? .aligned : .tabs))
    }
}
