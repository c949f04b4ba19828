import ComityExchange
package import ComityLedger
package import ComityMessages
package import ComityNode
import ComityPolicy
package import ComityRecords
package import ComityService
package import ComityStore
import ComityStoreSQLite

/// A small country with its home on disk and its past in the ledgers: everything that a switch needs to go on.
package struct DemoWorld: Sendable {
    package let plan: DemoPlan
    package let configuration: NodeConfiguration
    package let country: Country
    /// The year that was made up.
    package let year: YearShape
    /// When which policy came into force.
    package let policies: DemoPolicies
    let data: SwitchData
    package let population: SyntheticPopulation

    /// What is being done, for a progress bar.
    package enum Step: Hashable, Sendable {
        case people
        case traffic(done: Double)
        case counting
    }

    /// Look-ups in one commit while the past is made: two entries each.
    private static let entriesPerCommit = 4000

    /// Makes the country: home, policies, people, and the past.
    package init(_ plan: DemoPlan, progress: (Step) -> Void = { _ in }) throws {
        self.plan = plan
        let home = try DemoHome(plan.home)
        let folder = try DataFolder.find()
        year = YearShape(end: plan.end)
        policies = try DemoPolicies(from: folder.examplePolicies, over: year)
        try policies.write(to: home.policies)
        var configuration = NodeConfiguration(
            name: "demo", ori: ORI("DXSWITCH1")!, home: home.home.path, policies: home.policies, links: [])
        configuration.keyFile = home.key
        configuration.recipientKeys = home.recipientKeys
        configuration.sealedFile = home.sealed
        configuration.data = folder.path
        configuration.records = home.records
        let directory = try folder.directory()
        country = Country(directory: directory, tables: try folder.tables())
        configuration.links = country.links
        configuration.owners = country.owners.map { NodeConfiguration.Owner(code: $0) }
        self.configuration = configuration
        data = try SwitchData(configuration)

        progress(.people)
        population = SyntheticPopulation(
            seed: plan.seed, owners: country.owners, peoplePerOwner: plan.peoplePerOwner,
            withoutHistory: plan.withoutHistory)
        try population.write(to: home.records)
        try makePast(home, progress)
        home.release()
    }

    /// Traffic that nobody has sent yet.
    func traffic(seed: UInt64) throws -> Traffic {
        guard
            let traffic = Traffic(country: country, population: population, tables: data.tables, seed: seed)
        else { throw DemoError.nobodyAsks }
        return traffic
    }

    private func makePast(_ home: DemoHome, _ progress: (Step) -> Void) throws {
        progress(.traffic(done: 0))
        guard
            let traffic = YearOfTraffic(
                try traffic(seed: plan.seed), scale: plan.scale, year: year,
                turns: policies.turns.dropFirst().map { ($0.place, $0.at) }, owners: country.owners,
                country: country, seed: plan.seed)
        else { throw DemoError.tooCoarse }
        let disk = try SQLiteStore(path: home.home.store)
        let views = try SQLiteViews(path: home.home.views)
        let projection = Projection(taxonomy: data.taxonomy)
        // The read models follow on the thread that commits, as they follow on another thread in a running switch.
        let store = GatheringStore(disk, limit: Self.entriesPerCommit) { batch in
            try disk.restartLogIfLarge()
            guard let last = batch.entries.last else { return }
            try views.apply(batch.entries.compactMap { try projection.change($0) }, through: last.id)
        }
        let source = try SQLRecordSource(file: home.records, groups: data.taxonomy.elementGroups)
        let recipients = KnownRecipients(try RecipientKeys(folder: home.recipientKeys))
        var (world, line) = try SimulatedSwitch.made(
            data, key: KeyFile.loadOrCreate(home.key), recipients: recipients.recipients(of:), store: store,
            source: source, seed: plan.seed, at: year.start, policies: try policies(of: policies.turns[0]),
            behind: true)
        defer { line?.stop() }
        let past = PastYear(EventStream(traffic), end: plan.end) { number, at, world in
            try line?.drain()
            try store.flush()
            let next = try policies(of: policies.turns[number])
            try world.activate(
                try data.activation(
                    of: next, control: store.controlEntries(), at: at))
        }
        try past.run(through: &world, source: source) { progress(.traffic(done: $0)) }
        try line?.drain()
        try store.flush()
        progress(.counting)
        try views.close()
        try SealShelf(home.sealed).keep(
            store.heads(), key: SealingKeyFile.loadOrCreate(configuration.sealingKeyPath), at: plan.end)
        try store.close()
    }

    private func policies(of turn: DemoPolicies.Turn) throws -> PolicyFolder {
        try policies.policies(of: turn, taxonomy: data.taxonomy, directory: data.directory)
    }
}

extension SimulatedSwitch {
    /// A new switch on an empty store, with the policies of its files in force.
    ///
    /// - Parameter behind: whether the ledgers are written on a thread of their own, some steps behind the machine.
    package static func made(
        _ data: SwitchData, key: [UInt8],
        recipients: @escaping @Sendable (EpochHolder) throws -> [(role: EpochRole, key: RecipientKey)],
        store: any Store, source: any RecordSource, seed: UInt64,
        at start: Timestamp, policies: PolicyFolder? = nil, behind: Bool = false
    ) throws -> (world: SimulatedSwitch, line: WriterLine?) {
        let activation = try data.activation(of: policies ?? data.policies, control: [], at: start)
        let exchange = Exchange(
            settings: data.settings, tables: data.tables, rulebook: activation.rulebook,
            duplicateKey: SwitchData.duplicateKey(from: key))
        let make: @Sendable () throws -> LedgerWriter = {
            let sealer = SwitchKeySealer(key: key)!
            return try LedgerWriter(
                store: store, sealer: sealer,
                // A key for each hour of a year that is made in seconds would take longer than everything else.
                epochs: EpochKeys(
                    sealer: sealer, switchName: data.settings.switchName, hoursEach: 24,
                    recipients: recipients),
                recovered: Recovered(), mail: RecoveredMail(), open: [],
                switchName: data.settings.switchName, fresh: SeededBytes.fresh(seed: seed ^ 0x5EA1))
        }
        let line = behind ? WriterLine(make) : nil
        let writing: Writing = if let line { .behind(line) } else { .here(try make()) }
        var world = SimulatedSwitch(
            exchange: exchange, writing: writing, fresh: SeededBytes.fresh(seed: seed), tables: data.tables,
            source: source, seed: seed, at: start)
        try world.activate(activation)
        return (world, line)
    }
}
