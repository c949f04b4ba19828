import ArgumentParser
import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStoreSQLite

/// `comity message resend`
struct MessageResend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend",
        abstract: "Send a message once more that was passed on before (AM, AML, SM), marked as a repeat.",
        discussion: """
            To those that had it the first time, or to some of them, and to nobody else. Its text lies sealed: the key of the \
            network, of its auditor or of the sender's member opens it. Who wants it, and why, is recorded and kept sealed. \
            Needs a running switch. Answers to look-ups are not kept and cannot be sent again.

            Example: comity message resend A91C-03BF-77E0-12AB --as "J. SAMPLE" --reason "printer was out" --to OR0260200
            """)

    @Argument(help: "The reference, as `comity message find --relayed` shows it.")
    var reference: Reference

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who wants it, as the operator names its people. Kept sealed.", valueName: "name"))
    var person: String

    @Option(help: ArgumentHelp("Why. Kept sealed.", valueName: "text"))
    var reason: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Only to these of those that had it: members or agency IDs. Default: all of them.",
            valueName: "ORI"))
    var to: [String] = []

    @Option(
        help: ArgumentHelp(
            "The secret of the network, of its auditor or of the sender's member. Default: the network's in the home's folder of keys.",
            valueName: "file"))
    var key: String?

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let reference: String
        let copies: [String]
        /// Where it is recorded.
        let recorded: KeepingReport.Place?
    }

    func validate() throws { _ = try wanted() }

    private func wanted() throws -> [Address] {
        try to.map { text in
            guard let address = Address(text.uppercased()) else {
                throw ValidationError("`\(text)` is neither a member such as WA nor an agency ID")
            }
            return address
        }
    }

    func run() throws {
        try output.run {
            let reader = try home.open()
            let store = try reader.store()
            defer { try? store.close() }
            let relay = try relay(reader, store)
            guard let sealed = relay.sealed else {
                throw ServiceError(
                    "text-erased",
                    "the text of `\(reference)` was erased, its time was over: nothing is left to send",
                    next: "its sender can send it again")
            }
            let all = relay.entry.destinations.compactMap { Address($0) }
            let destinations = try wanted()
            if let other = destinations.first(where: { !all.contains($0) }) {
                throw ServiceError(ResendFault.notAmong(other), reference)
            }
            guard ControlClient.status(reader.home) != nil else {
                throw ServiceError.noSwitch(on: reader.home)
            }
            home.recordView(
                of: relay.entry.ledger, .unmask, reason: "resend", first: relay.position, count: 1)
            let body = try open(sealed, of: relay.entry, reader, store)
            let done = try reader.keep(
                .resend(
                    relay.reference, to: destinations.isEmpty ? all : destinations, person: person,
                    reason: reason, body: body))
            show(relay, done)
            return 0
        }
    }

    /// The message; a look-up is no such thing, and the words say so.
    private func relay(_ reader: HomeReader, _ store: StoreReader) throws -> RecordedRelay {
        let views = try reader.views()
        if try views.lookups(reference: reference.bits).isEmpty,
            let relay = try RecordedRelay.find(reference, store: store)
        {
            return relay
        }
        _ = try RecordedLookup.find(reference, views: views, store: store)
        throw ServiceError(
            "look-up",
            "`\(reference)` is a look-up: answers are not kept, only what commits to them",
            next: "the asker asks again, or: `comity message trace \(reference)`")
    }

    /// What lies sealed beside the entry.
    private func open(
        _ sealed: [UInt8], of relay: RelayEntry, _ reader: HomeReader, _ store: StoreReader
    ) throws -> RelayBody {
        guard let (_, secret) = try reader.secret(of: .network, file: key) else {
            throw ServiceError(
                "no-key", "no key is here that opens the text of `\(reference)`",
                next: "give the secret of the network, its auditor or the sender's member with --key")
        }
        var openers = [OwnerKeys(owner: .network, secret: secret)]
        let sender = try relay.agency.flatMap { ORI($0) }.flatMap {
            try reader.data.directory().agency($0)?.member
        }
        if let sender { openers.append(OwnerKeys(requester: sender, secret: secret)) }
        for var opener in openers {
            guard case .body(let encoded) = try opener.open(sealed, of: relay, store: store) else { continue }
            guard let body = try? RelayBody(decoding: encoded), body.commitment() == relay.body else { break }
            return body
        }
        throw ServiceError(
            "not-opened", "this key does not open the text of `\(reference)`, or the text was changed",
            next:
                "try the key of the network or of the sender's member; `comity ledger verify` says whether it was changed"
        )
    }

    private func show(_ relay: RecordedRelay, _ done: KeepingReport) {
        if output.json {
            output.printJSON(
                Report(
                    reference: relay.reference.description, copies: done.copies ?? [],
                    recorded: done.entries.first))
            return
        }
        print(output.strong("SENT AGAIN") + "   \(reference)   as a repeat")
        for copy in done.copies ?? [] { print("  " + copy) }
        if let place = done.entries.first { print("  recorded    \(place.ledger) entry \(place.position)") }
    }
}
