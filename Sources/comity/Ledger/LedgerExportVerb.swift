import ArgumentParser
import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStore
import ComityStoreSQLite
import Foundation

/// `comity ledger export`
struct LedgerExportVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write one ledger in a form that anybody can check.",
        discussion: """
            With --tiles: static files as C2SP tlog-tiles has them (checkpoint, tiles, entry bundles) and the verifier \
            key, sealed now; programs of other projects check them. Without: lines of JSON. Both are described in \
            docs/ledger-format.md, and Examples/verifier checks both without this program. The entries hold facts \
            about requests, and nothing about a person.
            """)

    @Option(help: "Whose ledger.")
    var owner: MemberCode

    @Option(help: "The year of the ledger (UTC). Default: the newest.")
    var year: Int?

    @Option(
        help: ArgumentHelp("Write tiles into this folder, new or of an older export.", valueName: "directory")
    )
    var tiles: String?

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let ledger: String
        let size: UInt64
        let root: String
        let sealed: UInt64?
        let folder: String
        let key: String
    }

    func run() throws {
        try output.run {
            let place = home.place
            guard place.exists else { throw HomeError.missing(place.path) }
            let store = try StoreReader(path: place.store)
            let (head, name) = try LedgerExtract.choose(
                store.heads(), owner: owner.description, year: year)
            if let tiles {
                try publish(head, name, to: URL(fileURLWithPath: tiles).path)
            } else {
                try LedgerExtract.write(head, name: name, from: store) { line in
                    FileHandle.standardOutput.write(Data((line + "\n").utf8))
                }
            }
            return 0
        }
    }

    private func publish(_ head: HeadRow, _ name: LedgerName, to folder: String) throws {
        let seal = try home.open().publish(head, name: name, to: folder, at: nowInSeconds())
        let key = folder + "/\(name.fileName).vkey"
        if output.json {
            output.printJSON(
                Report(
                    ledger: "\(name)", size: seal.size, root: "\(seal.root)", sealed: seal.time,
                    folder: folder,
                    key: key))
        } else {
            print("\(name): \(seal.size) entries, root \(seal.root)")
            print("written to \(folder); check it with: comity ledger verify --tiles \(folder) --key \(key)")
        }
    }
}

/// Seconds since 1970, for the date of a seal.
func nowInSeconds() -> UInt64 { UInt64(max(0, wallClock().milliseconds / 1000)) }
