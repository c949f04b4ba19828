import ComityDirectory
import ComityMessages
import ComityNode
import ComityService
import ComitySimulation
import ComityStore
import ComityStoreSQLite
import Testing

@Suite("What is planted in the demo country is found")
struct PlantedTests {
    let country: SmallCountry
    let counts: Stories.Counts
    /// When Washington's block took effect, and the day that it says.
    let effect: Timestamp
    let dated: Day

    init() throws {
        country = try SmallCountry.get()
        counts = country.stories.counts
        effect = country.world.policies.block.at
        dated = country.world.policies.block.dated
    }

    @Test("A sister agency goes on asking after the block, and is answered")
    func sister() throws {
        func borderPatrol(_ set: (inout LookupFilter) -> Void) throws -> WhoDid.Row {
            try country.whoDid("WA") {
                $0.family = NationalFigures.borderPatrol.family.description
                set(&$0)
            }.total
        }
        let before = try borderPatrol { $0.to = effect }
        let after = try borderPatrol { $0.from = effect }
        #expect(before.lookups == counts.borderPatrol.before + counts.borderPatrol.between)
        #expect(after.lookups == counts.borderPatrol.after)
        #expect(after.lookups > before.lookups)
        #expect(after.released + after.inPart > after.lookups / 2)
        // The branch that was blocked gets nothing more, and goes on asking.
        let enforcement = try country.whoDid("WA", by: [.family]) {
            $0.family = "US.DHS.ICE"
            $0.from = effect
        }
        let own = enforcement.rows.filter { $0.group != [""] }
        #expect(own.reduce(0) { $0 + $1.lookups } == counts.enforcement.after)
        #expect(own.allSatisfy { $0.refused == $0.lookups })
    }

    @Test("Between the date of the block and its effect lie twelve days, and look-ups that were answered")
    func lag() throws {
        let home = Home(country.world.configuration.home)
        let (store, views) = (try StoreReader(path: home.store), try SQLiteViews(reading: home.views))
        let history = try PolicyHistory(
            of: MemberCode("WA")!, control: store.controlEntries(), views: views)
        let block = try #require(history.versions.last)
        #expect(block.number == 7 && block.dated == dated && block.activated == effect)
        #expect(block.daysLate == 12)
        #expect(block.lookupsMeanwhile > counts.enforcement.between)
        let meanwhile = try country.whoDid("WA", by: [.family]) {
            $0.family = "US.DHS.ICE"
            $0.from = dated.start
            $0.to = effect
        }
        let own = meanwhile.rows.filter { $0.group != [""] }
        #expect(own.reduce(0) { $0 + $1.lookups } == counts.enforcement.between)
        #expect(own.contains { $0.released + $0.inPart > 0 })
        // Version 6 replaced nothing that is recorded here.
        #expect(history.versions[0].lookupsMeanwhile == 0)
    }

    @Test("A deputised unit asks far more after the block, and is refused like its partner")
    func deputised() throws {
        let page = try country.whoDid("WA", by: [.affiliation]) {
            $0.agency = Stories.deputised.description
            $0.from = effect
        }
        #expect(page.rows.map(\.group) == [["US.DHS.ICE"]])
        #expect(page.total.lookups == counts.deputised.after)
        #expect(page.total.refused == page.total.lookups)
        let before = try country.whoDid("WA") {
            $0.agency = Stories.deputised.description
            $0.to = effect
        }.total
        #expect(before.lookups == counts.deputised.before + counts.deputised.between)
        #expect(before.released + before.inPart > 0)
        // It stands among those of its partner's family.
        let family = try country.whoDid("WA") { $0.family = "US.DHS.ICE" }
        #expect(family.rows.contains { $0.agency == Stories.deputised.description })
    }

    @Test("A hub names whom it asks for until the block, and hides it afterwards")
    func relay() throws {
        func unnamed(_ set: (inout LookupFilter) -> Void) throws -> (none: Int, all: Int) {
            let page = try country.whoDid("WA", by: [.behalf]) {
                $0.path = "regional-hub"
                set(&$0)
            }
            return (page.rows.first { $0.group == [""] }?.lookups ?? 0, page.total.lookups)
        }
        let before = try unnamed { $0.to = effect }
        let after = try unnamed { $0.from = effect }
        #expect(before.all == counts.relay.before + counts.relay.between && after.all == counts.relay.after)
        #expect(before.none * 4 < before.all)
        #expect(after.none * 10 > after.all * 9)
        let none = try country.whoDid("WA") {
            $0.path = "regional-hub"
            $0.behalf = ""
        }
        #expect(none.total.lookups == before.none + after.none)
        #expect(none.rows.map(\.agency) == [Stories.relay.description])
        // Where it named the blocked agency, it was refused.
        let named = try country.whoDid("WA") {
            $0.behalf = Stories.relayed.description
            $0.path = "regional-hub"
            $0.from = effect
        }.total
        #expect(named.lookups > 0 && named.refused == named.lookups)
    }

    @Test("One terminal asks by night, and nearly always about one person")
    func terminal() throws {
        let page = try country.whoDid(Stories.nightOwner.description, by: [.hour]) {
            $0.agency = Stories.terminal.description
        }
        // 07 to 09 UTC is one to four o'clock at night there.
        let night = page.rows.filter { ["07", "08", "09"].contains($0.group![0]) }
            .reduce(0) { $0 + $1.lookups }
        #expect(night == counts.nightSame + counts.nightOther)
        #expect(night * 2 > page.total.lookups)
        let reasons = try country.whoDid(Stories.nightOwner.description, by: [.reason]) {
            $0.agency = Stories.terminal.description
        }
        #expect(reasons.rows.first { $0.group == [""] }?.lookups == night)
    }
}
