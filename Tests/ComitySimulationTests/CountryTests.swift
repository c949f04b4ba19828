import ComityDirectory
import ComityMessages
import ComityNode
import ComityPolicy
import ComityRecords
import ComityService
import ComitySimulation
import ComityStore
import ComityStoreSQLite
import Testing

/// A year at the smallest scale, made once for all tests of what is in it.
final class SmallCountry: Sendable {
    let folder: Folder
    let world: DemoWorld
    let directory: Directory
    let stories: Stories

    private init() throws {
        folder = try Folder()
        world = try DemoWorld(folder.plan(seed: 21))
        directory = try DataFolder.find().directory()
        stories = Stories(world.plan.scale)
    }

    private static let made = Result { try SmallCountry() }
    static func get() throws -> SmallCountry { try made.get() }

    /// What `comity who-did` shows.
    func whoDid(
        _ owner: String?, by groupings: [LookupGrouping]? = nil,
        _ set: (inout LookupFilter) -> Void = { _ in }
    ) throws -> WhoDid {
        var filter = LookupFilter()
        filter.owner = owner
        set(&filter)
        let views = try SQLiteViews(reading: Home(world.configuration.home).views)
        let groups = try groupings.map { WhoDidGroups(try views.counts(filter, by: $0), by: $0) }
        return WhoDid(
            try views.counts(filter), by: groups, filter: filter, owner: owner.flatMap(MemberCode.init),
            period: .always, directory: directory, asOf: nil)
    }
}

@Suite("The demo country, counted")
struct CountryTests {
    let country: SmallCountry

    init() throws { country = try SmallCountry.get() }

    @Test("The look-ups of each federal family, and of all, are the planned ones exactly")
    func families() throws {
        let scale = country.world.plan.scale
        #expect(try country.whoDid(nil).total.lookups == scale.lookups)
        let rows = try country.whoDid(nil, by: [.family]).rows
        for part in NationalFigures.parts {
            let found = rows.filter { row in
                FamilyPath(row.group?.first ?? "").map(part.holds) ?? false
            }.reduce(0) { $0 + $1.lookups }
            #expect(found == scale.lookups(of: part), "\(part.family)")
        }
        #expect(scale.lookups(of: NationalFigures.ice) == 29 && scale.lookups(of: NationalFigures.hsi) == 60)
        #expect(YearScale(1000).lookups == 290_000)
        #expect(YearScale(1000).lookups(of: NationalFigures.ice) == 2921)
        #expect(YearScale(1000).lookups(of: NationalFigures.hsi) == 6051)
        #expect(YearScale(1).federal == 1 && YearScale(5).federal == 1 && YearScale(20).federal == 2)
    }

    @Test("Most questions of immigration enforcement state no reason")
    func reasons() throws {
        // Its own agencies: those that are tied to it ask like other police.
        let rows = try country.whoDid(nil, by: [.family, .reason]) { $0.family = "US.DHS.ICE" }.rows
            .filter { $0.group?[0].hasPrefix("US.DHS.ICE") == true }
        let none = rows.filter { $0.group?[1] == "" }.reduce(0) { $0 + $1.lookups }
        #expect(none > 0)
        #expect(none * 2 > rows.reduce(0) { $0 + $1.lookups })
    }

    @Test("Twelve states have a policy; four of them came into force during the year")
    func policies() throws {
        #expect(country.world.policies.owners == 12)
        #expect(country.world.policies.turns.count == 5)
        let home = Home(country.world.configuration.home)
        let (store, views) = (try StoreReader(path: home.store), try SQLiteViews(reading: home.views))
        for (owner, versions) in [("WA", 2), ("OR", 1), ("TX", 1), ("AZ", 0)] {
            let history = try PolicyHistory(
                of: MemberCode(owner)!, control: store.controlEntries(), views: views)
            #expect(history.versions.count == versions, "\(owner)")
        }
    }

    @Test(
        "Fewer look-ups at night than by day, fewer on Sundays than on Fridays, and no time before another's place"
    )
    func shape() throws {
        let year = country.world.year
        let rows = try country.whoDid(nil, by: [.hour]) { $0.family = nil }.rows
        // 08 to 11 UTC is deep night in the middle of the country, 20 to 23 the afternoon.
        func count(_ hours: ClosedRange<Int>) -> Int {
            rows.filter { hours.contains(Int($0.group![0])!) }.reduce(0) { $0 + $1.lookups }
        }
        #expect(count(8...11) * 2 < count(20...23))
        let days = try country.whoDid(nil, by: [.weekday]).rows
        #expect(days.count == 7)
        #expect(days.first { $0.group == ["5"] }!.lookups > days.first { $0.group == ["7"] }!.lookups)
        var last = year.start
        for step in 0...1000 {
            let time = year.time(at: Double(step) / 1000)
            #expect(time >= last)
            #expect(abs(year.place(of: time) - Double(step) / 1000) < 0.0001)
            last = time
        }
        #expect(last == year.end)
    }
}
