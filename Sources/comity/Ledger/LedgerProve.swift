import ArgumentParser
import ComityExchange
import ComityLedger
import ComityNode
import ComityService
import Foundation

/// `comity ledger prove`
struct LedgerProve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "A proof that a look-up stands in its owner's ledger, in one file.",
        discussion: """
            Prints a C2SP tlog-proof: the entry, its place in the tree, and a seal of now. Whoever has the ledger's \
            verifier key checks it without this home, network or program: `comity ledger check`, or any program that \
            reads such proofs.

            Example: comity ledger prove A91C-03BF-77E0-12AB > lookup.tlog-proof
            """)

    @Argument(help: "The reference that stands in the answer.")
    var reference: String

    @Option(help: "Which of its two entries: question or closing.")
    var entry = Entry.question

    enum Entry: String, ExpressibleByArgument, CaseIterable { case question, closing }

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let ledger: String
        let position: UInt64
        let size: UInt64
        let root: String
        let proof: String
    }

    func validate() throws {
        if Reference(reference) == nil {
            throw ValidationError("`\(reference)` is no reference; it looks like A91C-03BF-77E0-12AB")
        }
    }

    func run() throws {
        try output.run {
            let (proof, seal) = try home.open().prove(
                Reference(reference)!, entry == .question ? .question : .closing, at: nowInSeconds())
            home.recordView(of: seal.ledger, .view, reason: "prove", first: proof.index, count: 1)
            let text = String(decoding: proof.bytes, as: UTF8.self)
            if output.json {
                output.printJSON(
                    Report(
                        ledger: "\(seal.ledger)", position: proof.index, size: seal.size,
                        root: "\(seal.root)",
                        proof: text))
            } else {
                print(text, terminator: "")
            }
            return 0
        }
    }
}
