import ArgumentParser
import ComityMessages
import ComityNode
import ComityService
import ComityStoreSQLite
import Foundation

/// `comity ledger export`
struct LedgerExportVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write one ledger as lines of JSON that anybody can check.",
        discussion: """
            The format is described in docs/ledger-format.md; Examples/verifier/verify.py checks it without this \
            program. The entries hold facts about requests, and nothing about a person.
            """)

    @Option(help: "Whose ledger.")
    var owner: MemberCode

    @Option(help: "The year of the ledger (UTC). Default: the newest.")
    var year: Int?

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let place = home.place
            guard place.exists else { throw HomeError.missing(place.path) }
            let store = try StoreReader(path: place.store)
            let (head, name) = try LedgerExtract.choose(
                store.heads(), owner: owner.description, year: year)
            try LedgerExtract.write(head, name: name, from: store) { line in
                FileHandle.standardOutput.write(Data((line + "\n").utf8))
            }
            return 0
        }
    }
}
