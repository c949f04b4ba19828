import ArgumentParser
import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStoreSQLite
import Foundation

/// `comity ledger erase`
struct LedgerErase: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase for good what lies beside one look-up in its owner's ledger.",
        discussion: """
            The envelope goes: the message as it came, with every name and number in it, and the keys that open it. The \
            entries of the look-up stay, and every proof of them holds: that somebody asked, when, and what was decided. \
            An entry in the owner's ledger and one in the public control ledger say that it was erased. The text of the \
            order stands in the control ledger FOR GOOD AND FOR EVERYBODY: name the court and its file, and no person.

            Copies of the home made before are not reached. A running switch does it at once; without one, this program \
            does it itself.

            Example: comity ledger erase A91C-03BF-77E0-12AB --owner WA --order "King County Superior Court, 26-2-00001-1"
            """)

    @Argument(help: "The reference that stands in the answer.")
    var reference: String

    @Option(help: "Whose records were asked for; the look-up of another owner is not erased.")
    var owner: MemberCode

    @Option(
        help: ArgumentHelp("The court and its file, or who of the owner asked for it.", valueName: "text"))
    var order: String

    @Option(help: "Why: court-order or request.")
    var reason = ErasureReason.courtOrder

    @Flag(help: "Do not ask before erasing.")
    var yes = false

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let reference: String
        let owner: String
        let reason: String
        /// The question that keeps its entry, and the two entries that say that its envelope was erased.
        let question: KeepingReport.Place
        let entries: [KeepingReport.Place]
        let epochKeys: Int
        let gone: Bool
    }

    func validate() throws {
        if Reference(reference) == nil {
            throw ValidationError("`\(reference)` is no reference; it looks like A91C-03BF-77E0-12AB")
        }
        if !yes, isatty(STDIN_FILENO) != 1 {
            throw ValidationError("without a terminal to ask on, say --yes: what is erased is gone for good")
        }
    }

    func run() throws {
        try output.run {
            let reader = try home.open()
            let plan = try plan(reader)
            guard yes || confirmed(plan) else {
                print("nothing was erased")
                return 1
            }
            let basis = Self.basis(reason)
            let done = try reader.keep(
                .erase(Reference(reference)!, owner: owner, basis: basis, order: order))
            let question = KeepingReport.Place(
                ledger: plan.lookup.question.ledger.description, position: plan.lookup.questionPosition)
            if output.json {
                output.printJSON(
                    Report(
                        reference: reference, owner: owner.description, reason: reason.rawValue,
                        question: question, entries: done.entries, epochKeys: done.epochKeys,
                        gone: done.isGone))
            } else {
                show(done, question)
            }
            return 0
        }
    }

    private static func basis(_ reason: ErasureReason) -> EraseEntry.Basis {
        switch reason {
        case .courtOrder: .courtOrder
        case .request: .request
        }
    }

    /// What would be erased: everything that can be wrong is said before anybody is asked.
    private func plan(_ reader: HomeReader) throws -> ErasurePlan {
        let store = try reader.store()
        defer { try? store.close() }
        let owner = reader.tables.canonical(owner)
        let plan = try ErasurePlan(
            Reference(reference)!, owner: owner, basis: Self.basis(reason), order: order,
            views: reader.views(), store: store)
        guard let secret = try reader.secret(of: owner)?.secret else { return plan }
        var keys = OwnerKeys(owner: owner, secret: secret)
        try plan.checkOrder(&keys, tables: reader.tables, store: store)
        return plan
    }

    private func confirmed(_ plan: ErasurePlan) -> Bool {
        let entry = plan.lookup.question
        let asked = Timestamp(milliseconds: Int64(clamping: entry.time))
        let text = """
            Look-up \(reference): \(entry.agency) asked \(owner) (\(entry.key)), \(asked).
            Its envelope is erased FOR GOOD. Its entries stay.
            Public for good, in the control ledger: "\(order)"
            Erase it? Type `erase`: 
            """
        FileHandle.standardError.write(Data(text.utf8))
        return readLine() == "erase"
    }

    private func show(_ done: KeepingReport, _ question: KeepingReport.Place) {
        print(
            output.strong("ERASED")
                + "   \(reference)   the envelope of \(question.ledger) entry \(question.position)")
        for place in done.entries { print("  recorded    \(place.ledger) entry \(place.position)") }
        if done.epochKeys > 0 {
            print("  keys        \(done.epochKeys) epoch keys went with it: nothing is left under them")
        }
        print(
            done.isGone
                ? "  on disk     overwritten in the database, and gone from its log"
                : "  on disk     overwritten; the database's log still holds it until its readers are done"
        )
        print("  not reached copies of this home that were made before")
    }
}
