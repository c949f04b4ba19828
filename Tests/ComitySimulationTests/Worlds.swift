import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityPolicy
import ComityRecords
import ComitySimulation
import ComityStore
import ComityStoreSQLite

import class Foundation.FileManager
import struct Foundation.ObjCBool
import struct Foundation.URL
import struct Foundation.UUID

/// A folder of its own, removed with the value.
final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "comity-demo-\(UUID())").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var home: String { path + "/home" }

    /// A small demo with this folder as its home.
    func plan(seed: UInt64, end: String = "2026-11-20T12:00:00Z") -> DemoPlan {
        var plan = DemoPlan(
            home: home, seed: seed, scale: YearScale(YearScale.coarsest), end: Timestamp(end)!)
        plan.peoplePerOwner = 30
        return plan
    }
}

/// How many look-ups the ledgers of a home hold, counted from the entries themselves.
func questions(in home: Home) throws -> Int {
    let reader = try StoreReader(path: home.store)
    let entries = try reader.entries(after: 0, limit: .max)
    try reader.close()
    return try entries.count {
        if case .question = try LedgerEntry(decoding: $0.bytes) { true } else { false }
    }
}

/// A switch under a simulated clock, in memory, with the example policies and people of all states.
struct World {
    var simulated: SimulatedSwitch
    let data: SwitchData
    let population: SyntheticPopulation
    let country: Country
    let source: SQLRecordSource
    let line: WriterLine?
    private(set) var now = Timestamp("2026-11-20T12:00:00Z")!

    init(in folder: Folder, store: any Store = MemoryStore(), behind: Bool = false) throws {
        let files = try DataFolder.find()
        let tables = try files.tables()
        country = Country(directory: try files.directory(), tables: tables)
        var configuration = NodeConfiguration(
            name: "test", ori: ORI("DXSWITCH1")!, home: folder.home, policies: files.examplePolicies,
            links: country.links)
        configuration.data = files.path
        data = try SwitchData(configuration)
        population = SyntheticPopulation(seed: 1, owners: tables.states, peoplePerOwner: 12)
        let file = folder.path + "/records.sqlite"
        try population.write(to: file)
        source = try SQLRecordSource(file: file, groups: data.taxonomy.elementGroups)
        (simulated, line) = try SimulatedSwitch.made(
            data, key: [UInt8](repeating: 7, count: 32),
            recipients: { holder in
                holder.roles.map { ($0, Self.recipient) }
            }, store: store,
            source: source, seed: 1, at: now, behind: behind)
    }

    /// Whoever may open anything: one key is as good as another here.
    private static let recipient = RecipientSecret([UInt8](repeating: 3, count: 32))!.recipient

    /// Sends a licence look-up at the desk and returns the answers' text and elements.
    mutating func ask(
        _ agency: String, _ owner: String, with more: [Element] = []
    ) throws -> [Message] {
        let licence = population.keys(of: MemberCode(owner)!, person: 11).licence
        let message = Message(
            key: .dq, origin: ORI(agency)!, destinations: [.member(MemberCode(owner)!)],
            elements: [Element(prefix: "OLN", value: licence)] + more)
        let bytes = try LegacyCodec.encode(message, direction: .input)
        now = now + .seconds(60)
        return try simulated.receive(bytes, on: Country.desk, at: now).map {
            try LegacyCodec.decode($0.bytes, direction: .output, tables: data.tables)
        }
    }
}
