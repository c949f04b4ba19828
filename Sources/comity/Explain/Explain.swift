import ArgumentParser
import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityPolicy
import ComityService
import ComityStoreSQLite
import Foundation

/// `comity explain`
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Why a look-up ended as it did, from the ledger; or what would become of a message.",
        discussion: """
            A recorded look-up is judged again from its ledger entries alone, under the versions that they name, and \
            the two judgements are compared. Ends with status 2 if they differ. The owner's ledger says that it was looked \
            at.

            Example: comity explain A91C-03BF-77E0-12AB
            """)

    @Argument(help: "The reference that stands in the answer.")
    var reference: String?

    @Option(help: ArgumentHelp("A message file that is judged and not sent.", valueName: "file"))
    var request: String?

    enum Audience: String, ExpressibleByArgument, CaseIterable { case owner, asker }

    @Option(name: .customLong("as"), help: "For whom: the owner sees everything, the asker what he may know.")
    var audience = Audience.owner

    @Option(help: "The line by which the message of --request comes in, as policies call it.")
    var path = "terminal"

    @OptionGroup var policies: PolicySource
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (reference == nil) != (request == nil) else {
            throw ValidationError("give a reference, or a message file with --request")
        }
        if let reference, Reference(reference) == nil {
            throw ValidationError("`\(reference)` is no reference; it looks like A91C-03BF-77E0-12AB")
        }
        if policies.policies != nil, reference != nil {
            throw ValidationError(
                "--policies goes with --request; a recorded look-up is judged by its own versions")
        }
    }

    private var reader: Explanation.Audience { audience == .owner ? .owner : .asker }

    func run() throws {
        try output.run {
            if let request { return try explain(file: request) }
            return try explain(Reference(reference ?? "")!)
        }
    }

    private func explain(_ reference: Reference) throws -> Int32 {
        let home = try policies.home.open()
        let (taxonomy, directory) = (try home.data.taxonomy(), try home.data.directory())
        let store = try home.store()
        let found = try RecordedLookup.find(reference, views: home.views(), store: store)
        for one in found {
            policies.home.recordView(
                of: one.question.ledger, .view, reason: "explain", first: one.questionPosition, count: 1)
        }
        let archive = try PolicyArchive(
            control: store.controlEntries(), taxonomy: taxonomy, directory: directory)
        let pages = found.map { LookupPage($0, archive: archive, taxonomy: taxonomy, for: reader) }
        if output.json {
            // Two look-ups with one reference are possible in theory only, and then both are shown.
            if pages.count == 1 { output.printJSON(pages[0]) } else { output.printJSON(pages) }
        } else {
            print(pages.map { LookupText(output: output).text($0) }.joined(separator: "\n\n"))
        }
        return pages.contains { if case .different = $0.judgedAgain { true } else { false } } ? 2 : 0
    }

    private func explain(file: String) throws -> Int32 {
        guard let contents = FileManager.default.contents(atPath: file) else {
            throw ServiceError("file-unreadable", "the file `\(file)` cannot be read", next: "check its name")
        }
        let at = wallClock()
        let scene = try policies.open(at: at)
        let message: Message
        do throws(MessageError) {
            message = try LegacyCodec.decodeChecked(Array(contents), direction: .input, tables: scene.tables)
        } catch {
            throw ServiceError(
                error.code, "the message in `\(file)` is refused at byte \(error.offset): \(error.why)",
                next: "`comity message check` shows more")
        }
        let run = try DryRun(
            message, rulebook: scene.rulebook, tables: scene.tables, path: path, at: at, for: reader)
        if output.json {
            output.printJSON(run.lookups)
        } else {
            for lookup in run.lookups {
                print(
                    output.strong(lookup.verdict.words.uppercased())
                        + "   \(lookup.owner) (not sent, not recorded)")
                print(ExplanationText.lines(lookup.explanation).joined(separator: "\n"))
            }
            if let note = scene.note { print("note: \(note)") }
        }
        return 0
    }
}
