import ArgumentParser
import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityService

/// `comity service set`
struct ServiceSet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Say what a destination takes from now on.",
        discussion: """
            hold: messages and look-ups wait, and go on when it is open again. removed: they are not forwarded, and must be \
            sent again. not-supported: the destination never takes this key. Every change is an entry of the control ledger. \
            Without --key it counts for every key, and what was said of single keys no longer does. A running switch does it \
            at once; without one it is written down for the next.

            Example: comity service set WA --key DQ --state hold --until 2026-11-24T06:00:00Z --reason maintenance
            """)

    @Argument(help: "A member's code or an agency ID.")
    var destination: Address

    @Option(help: "The message key. Default: every key.")
    var key: MessageKey?

    @Option(help: "open, hold, not-supported or removed.")
    var state: ServiceEntry.State

    @Option(
        help: ArgumentHelp("When it is open again by itself, as 2026-11-24T06:00:00Z.", valueName: "time"))
    var until: Timestamp?

    @Option(help: "Why: a word of small letters, digits and hyphens. Public.")
    var reason = "not-stated"

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !ServiceStatement.isReason(reason) {
            throw ValidationError("`\(reason)` is no word of small letters, digits and hyphens")
        }
        if state == .open, until != nil { throw ValidationError("what is open needs no --until") }
        if let until, until <= wallClock() { throw ValidationError("`\(until)` is over") }
    }

    func run() throws {
        try output.run {
            let reader = try home.open()
            let entry = ServiceEntry(
                ledger: LedgerName(controlOf: reader.configuration.name)!, time: 0,
                destination: try place(reader).description, key: key?.description, state: state,
                until: until.map { UInt64(max(0, $0.milliseconds)) }, cause: .people, reason: reason)
            let report = try reader.keep(.service(entry))
            if output.json {
                output.printJSON(report)
                return 0
            }
            let keys = key?.description ?? "every key"
            print(output.strong(state.word.uppercased()) + "   \(entry.destination)   \(keys)")
            for place in report.entries { print("  recorded    \(place.ledger) entry \(place.position)") }
            return 0
        }
    }

    /// - Throws: if nobody has this address, or no message this key.
    private func place(_ reader: HomeReader) throws -> Address {
        if let key, reader.tables.rule(for: key) == nil {
            throw ServiceError(
                "key-unknown", "no message has the key `\(key)`", next: "give one, such as DQ, RQ or AM")
        }
        switch destination {
        case .member(let code):
            guard let member = reader.tables.member(code), member.class != .region else {
                throw ServiceError(
                    "destination-unknown", "no member has the code `\(code)`",
                    next: "give a state's two letters")
            }
            return .member(member.code)
        case .agency(let ori):
            guard try reader.data.directory().agency(ori) != nil else {
                throw ServiceError(
                    "destination-unknown", "the directory does not know `\(ori)`",
                    next: "find it with `comity agency find`")
            }
            return destination
        }
    }
}
