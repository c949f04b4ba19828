package import ComityMessages

/// A made-up year, event by event: the traffic of the whole nation at a scale, with stories planted in it.
///
/// Everything but the times follows from the seed. What happens is put at places of the year (see `YearShape`), and
/// the times come from the calendar; so the counts that come out do not depend on the day on which it runs. It is made
/// as it is read, and never lies in memory as a whole.
package struct YearOfTraffic: Sendable {
    private let year: YearShape
    private var traffic: Traffic
    private let tables: CodeTables
    private var chance: Chance
    /// Look-ups that nobody planted: how many each asker has left, the police last.
    private var left: [(asker: Askers.Asker, lookups: Int)]
    private var leftOfAll: Int
    /// How many there are of those.
    private let ordinary: Int
    /// From how many that are left on nobody asks for a photo, which may be held for some hours: whether it still is at
    /// the end would depend on the hour.
    private let quiet: Int
    private var planted: ArraySlice<Planted>
    /// Everything else, in its order.
    private var incidents: ArraySlice<(place: Double, event: PastEvent)>
    private var waiting: ArraySlice<PastEvent> = []
    private var photos: Int

    /// - Parameter turns: the places at which policies come into force, from the second turn on.
    package init?(
        _ traffic: Traffic, scale: YearScale, year: YearShape, turns: [(place: Double, at: Timestamp)],
        owners: [MemberCode], country: Country, seed: UInt64
    ) {
        self.year = year
        self.traffic = traffic
        tables = traffic.tables
        var chance = Chance(seed: seed ^ 0x0A57)
        let stories = Stories(scale)
        photos = 3 + chance.below(4)
        var left: [(asker: Askers.Asker, lookups: Int)] = []
        for index in traffic.askers.partsThatAsk {
            let part = NationalFigures.parts[index]
            let told = stories.counts.federal.first { $0.0 == part }?.1 ?? 0
            left.append((.part(index), scale.lookups(of: part) - told))
        }
        let federal = traffic.askers.partsThatAsk.reduce(0) {
            $0 + scale.lookups(of: NationalFigures.parts[$1])
        }
        left.append((.police, scale.lookups - federal - stories.counts.local - photos))
        guard left.allSatisfy({ $0.lookups >= 0 }) else { return nil }
        self.left = left
        ordinary = left.reduce(0) { $0 + $1.lookups }
        leftOfAll = ordinary
        quiet = ordinary / 100
        planted = stories.planted(country, traffic.questions, over: year, seed: seed)[...]

        var incidents: [(place: Double, event: PastEvent)] = []
        for (number, turn) in turns.enumerated() {
            incidents.append((turn.place, .turn(number + 1, at: turn.at)))
        }
        // What a story tells is not to depend on an outage.
        let mayFail = owners.filter { $0 != Stories.washington && $0 != Stories.nightOwner }
        for number in 0..<Self.outages where !mayFail.isEmpty {
            let place = Double(chance.below(10_000)) / 10_000 * (1 - Self.outage)
            let owner = chance.pick(mayFail)
            incidents.append((place, .outage(owner, isSilent: number % 2 == 0)))
            incidents.append((place + Self.outage, .outageEnds(owner, isSilent: number % 2 == 0)))
        }
        self.incidents =
            incidents.enumerated()
            .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)[...]
        self.chance = chance
    }

    private static let outages = 24
    /// The length of an outage, as a part of the year's traffic: some hours.
    private static let outage = 0.0012

    /// Look-ups made so far of those that nobody planted, from 0 to 1.
    package var done: Double { 1 - Double(leftOfAll) / Double(max(1, ordinary)) }

    /// What happens next; `nil` when the year is over.
    package mutating func next() -> PastEvent? {
        if let event = waiting.popFirst() { return event }
        let place = leftOfAll > 0 ? done : .infinity
        let story = planted.first?.place ?? .infinity
        let incident = incidents.first?.place ?? .infinity
        if incident <= min(place, story), incident < .infinity { return incidents.removeFirst().event }
        if story <= place, story < .infinity {
            let next = planted.removeFirst()
            return message(traffic.sending(next), at: year.time(at: next.place))
        }
        if leftOfAll > 0 {
            makeOrdinary(at: place)
            return waiting.popFirst()
        }
        guard photos > 0 else { return nil }
        // Held at the end, whenever that is.
        photos -= 1
        return message(traffic.photoForAnotherState(), at: year.end + .seconds(-60 * (8 + 7 * photos)))
    }

    private func message(_ sending: Sending, at time: Timestamp) -> PastEvent {
        .message(sending, SimulatedSwitch.content(of: sending.bytes, tables), at: time)
    }

    /// The next message that nobody planted, by whoever is drawn from all that are left.
    private mutating func makeOrdinary(at place: Double) {
        var draw = chance.below(leftOfAll)
        let index = left.firstIndex { item in
            draw -= item.lookups
            return draw < 0
        }!
        traffic.photos = leftOfAll > quiet
        let group = traffic.next(left[index].asker, atMost: left[index].lookups)
        let lookups = group.reduce(0) { $0 + $1.owners.count }
        left[index].lookups -= lookups
        leftOfAll -= lookups
        var at = year.time(at: place)
        waiting =
            group.map { sending in
                defer { at = at + .milliseconds(2000 + chance.below(15_000)) }
                return message(sending, at: at)
            }[...]
    }
}
