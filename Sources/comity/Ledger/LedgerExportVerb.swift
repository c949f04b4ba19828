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
        commandName: "export",
        abstract: "Write one ledger in a form that anybody can check, or that people read.",
        discussion: """
            With --tiles: static files as C2SP tlog-tiles has them (checkpoint, tiles, entry bundles) and the verifier \
            key, sealed now; programs of other projects check them. With --format: one line an entry in words, facts by \
            their names, as JSON or for a spreadsheet. With neither: the bytes of the entries as lines of JSON. All are \
            described in docs/ledger-format.md, and Examples/verifier checks the first and the last without this program. \
            The entries hold facts about requests, and nothing about a person.

            Taking along an owner's ledger, or the operations ledger, is recorded in it, if this home can be written to. \
            The control ledger is public.
            """)

    @Option(help: "Whose ledger.")
    var owner: MemberCode?

    @Flag(help: "The public control ledger: versions of policies and data, erasures.")
    var control = false

    @Flag(help: "The operations ledger: messages that became no look-up.")
    var operations = false

    @Option(help: "The year of the owner's ledger (UTC). Default: the newest.")
    var year: Int?

    @Option(
        help: ArgumentHelp("Write tiles into this folder, new or of an older export.", valueName: "directory")
    )
    var tiles: String?

    enum Format: String, ExpressibleByArgument, CaseIterable { case ndjson, csv }

    @Option(help: "Write entries in words to standard output: ndjson or csv.")
    var format: Format?

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

    func validate() throws {
        guard [owner != nil, control, operations].count(where: { $0 }) == 1 else {
            throw ValidationError("say which ledger: --owner, --control or --operations")
        }
        guard year == nil || owner != nil else { throw ValidationError("--year goes with --owner") }
        guard tiles == nil || format == nil else {
            throw ValidationError("give --tiles or --format, not both")
        }
    }

    private var choice: LedgerExtract.Choice {
        control ? .control : operations ? .operations : .owner(owner?.description ?? "", year: year)
    }

    func run() throws {
        try output.run {
            let place = home.place
            guard place.exists else { throw HomeError.missing(place.path) }
            let store = try StoreReader(path: place.store)
            let (head, name) = try choice.of(store.heads())
            home.recordView(of: name, .export, reason: "export", first: 0, count: head.size)
            if let tiles {
                // As it stands now: what is sealed follows every seal before, that over the record too.
                try publish(choice.of(store.heads()).head, name, to: URL(fileURLWithPath: tiles).path)
            } else if let format {
                try read(head, name, store, format)
            } else {
                try LedgerExtract.write(head, name: name, from: store) { try Self.print($0) }
            }
            return 0
        }
    }

    private static func print(_ line: String) throws {
        try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }

    private func read(_ head: HeadRow, _ name: LedgerName, _ store: StoreReader, _ format: Format) throws {
        let taxonomy = try home.data().taxonomy()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if format == .csv { try Self.print(Table.line(ReadableEntry.columns, .commas)) }
        try LedgerExtract.read(head, name: name, from: store, taxonomy: taxonomy) { entry in
            switch format {
            case .csv: try Self.print(Table.line(entry.row, .commas))
            case .ndjson: try Self.print(String(decoding: encoder.encode(entry), as: UTF8.self))
            }
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
            Swift.print("\(name): \(seal.size) entries, root \(seal.root)")
            Swift.print(
                "written to \(folder); check it with: comity ledger verify --tiles \(folder) --key \(key)")
        }
    }
}

/// Seconds since 1970, for the date of a seal.
func nowInSeconds() -> UInt64 { UInt64(max(0, wallClock().milliseconds / 1000)) }
