import ArgumentParser
import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityService

/// `comity ask`
struct Ask: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a real message over a link, and print the answers with their explanation.",
        discussion: """
            NL asks all states at once, E1 a region. The switch must run. Ends with the status of the strictest answer: 0 released, 10 in part, 20 held, 30 \
            refused, 35 no answer; 1 if the switch refuses the message.

            Example: comity ask --as DXICE0100 DQ WA OLN=WDL00000012X
            """)

    @Option(name: .customLong("as"), help: "The agency ID (ORI) that asks.")
    var ori: ORI

    @Argument(help: "The message key: DQ licence, KQ driver history, RQ registration.")
    var key: String

    @Argument(help: ArgumentHelp("Owners, then elements.", valueName: "DEST... ELEMENT=VALUE"))
    var rest: [String]

    @Option(
        help:
            "Your own reference, up to ten characters. Default: a fresh one, so that no question is a repetition."
    )
    var control: String?

    @Option(help: "How long to wait for answers, in seconds. Default: 35, or 75 for all states or a region.")
    var wait: Int?

    @Option(help: "The link to speak on. Default: one that shares sessions and lets the agency speak.")
    var link: String?

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...3600).contains(wait ?? 1) else {
            throw ValidationError("--wait is between 1 and 3600 seconds")
        }
        _ = try message()
    }

    /// The message as it was typed; whether it keeps the rules of its key is for the switch to say.
    private func message() throws -> Message {
        guard let key = MessageKey(key.uppercased()) else {
            throw ValidationError("`\(key)` is no message key; keys are DQ, KQ, RQ and the like")
        }
        var destinations: [Address] = []
        var elements: [Element] = []
        for word in rest {
            if let equals = word.firstIndex(of: "=") {
                let prefix = word[..<equals].uppercased()
                elements.append(Element(prefix: prefix, value: String(word[word.index(after: equals)...])))
            } else {
                guard let address = Address(word.uppercased()) else {
                    throw ValidationError(
                        "`\(word)` is neither an owner such as WA nor an element such as OLN=VALUE")
                }
                destinations.append(address)
            }
        }
        guard !destinations.isEmpty else { throw ValidationError("name at least one owner, for example WA") }
        guard let field = ControlField(control ?? FreshControl.make()) else {
            throw ValidationError("--control is one to ten printable characters without a period")
        }
        return Message(
            key: key, origin: ori, destinations: destinations, control: field, elements: elements)
    }

    func run() throws {
        try output.run {
            let reader = try home.open()
            let message = try message()
            let directory = try reader.data.directory()
            let chosen = try AskSession.link(
                named: link, for: ori, in: reader.configuration, member: directory.agency(ori)?.member,
                tables: reader.tables)
            let owners = message.owners(tables: reader.tables)
            let session = try AskSession(reader, link: chosen)
            let isToMany = message.isToMany(reader.tables)
            let seconds = wait ?? (isToMany ? 75 : 35)
            let result: AskSession.Result
            do throws(MessageError) {
                result = try session.put(message, owners: isToMany ? 1 : owners.count, waitingAtMost: seconds)
            } catch {
                throw ServiceError(
                    error.code, "the message cannot be written: \(error.why)", next: "check its elements")
            }
            let report = try AskReport(result, owners: owners, waited: seconds)
            if output.json { output.printJSON(report) } else { print(AskText(output: output).text(report)) }
            return report.status
        }
    }
}

/// A control value that was hardly ever used before: no question is taken for a repetition.
enum FreshControl {
    static func make() -> String {
        let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        return String((0..<ControlField.maximumLength).map { _ in letters.randomElement()! })
    }
}
