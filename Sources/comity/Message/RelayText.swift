import ComityExchange
import ComityLedger
import ComityMessages
import ComityService

/// A message that was passed on, as `find` shows it: without its text.
struct RelayRow: Encodable {
    let received: Timestamp
    let reference: String
    /// `nil` if the directory did not know it.
    let agency: String?
    let link: String
    let key: String
    let destinations: [String]
    /// `sealed` or `erased`.
    let text: String

    init(_ relay: RecordedRelay) {
        received = Timestamp(milliseconds: Int64(clamping: relay.entry.time))
        reference = relay.reference.description
        agency = relay.entry.agency
        link = relay.entry.link
        key = relay.entry.key
        destinations = relay.entry.destinations
        text = relay.sealed == nil ? "erased" : "sealed"
    }

    static func rows(_ relays: [RecordedRelay]) -> [RelayRow] { relays.map(RelayRow.init) }
}

/// A message that was passed on, as `trace` shows it.
struct RelayText {
    let output: OutputOptions

    private struct Report: Encodable {
        let message: RelayRow
        let steps: [Step]
    }

    private struct Step: Encodable {
        let time: Timestamp
        let what: String
        let detail: String
        let position: UInt64
    }

    func show(_ relay: RecordedRelay) {
        let message = RelayRow(relay)
        let steps = Self.steps(relay)
        if output.json { return output.printJSON(Report(message: message, steps: steps)) }
        let times = relay.resends.count
        print(
            output.strong("PASSED ON")
                + "   \(message.reference)   \(message.agency ?? "unknown") sent it (\(message.key))"
                + (times == 0 ? "" : times == 1 ? ", sent again once" : ", sent again \(times) times"))
        print("  text        \(message.text), \(relay.entry.length) bytes")
        var table = Table(["time", "what", "", "recorded"])
        for step in steps {
            table.add(["\(step.time)", step.what, step.detail, "\(relay.entry.ledger) \(step.position)"])
        }
        print(table.text(output.isTerminal ? .aligned : .tabs))
    }

    private static func steps(_ relay: RecordedRelay) -> [Step] {
        func step(_ time: UInt64, _ what: String, _ detail: String, _ position: UInt64) -> Step {
            Step(
                time: Timestamp(milliseconds: Int64(clamping: time)), what: what, detail: detail,
                position: position)
        }
        func to(_ destinations: [String]) -> String { "to " + destinations.joined(separator: " ") }
        var steps = [
            step(
                relay.entry.time, "received", to(relay.entry.destinations) + ", link \(relay.entry.link)",
                relay.position)
        ]
        steps += relay.resends.map {
            step($0.entry.time, "sent again", to($0.entry.destinations), $0.position)
        }
        steps += relay.notes.map {
            step(
                $0.entry.time, $0.entry.reason, $0.entry.link.isEmpty ? "" : "link \($0.entry.link)",
                $0.position)
        }
        return steps.sorted { $0.position < $1.position }
    }
}
