import ComityDirectory
import ComityMessages

extension Stories {
    /// The planted messages in their order.
    func planted(
        _ country: Country, _ questions: Questions, over year: YearShape, seed: UInt64
    ) -> [Planted] {
        var planting = Planting(country: country, questions: questions, year: year, seed: seed)
        let (ice, hsi) = (planting.federal(NationalFigures.ice), planting.federal(NationalFigures.hsi))
        planting.ask(ice, counts.removal)
        planting.ask(hsi, counts.investigations)
        planting.ask(planting.federal(NationalFigures.borderPatrol), counts.borderPatrol)
        planting.ask([Self.deputised].compactMap(country.directory.agency), counts.deputised)
        planting.relay(counts.relay, for: ice)
        planting.terminal(counts)
        return planting.planted.sorted {
            ($0.place, $0.agency.ori.description) < ($1.place, $1.agency.ori.description)
        }
    }
}

/// Puts the messages of the stories into the year.
private struct Planting {
    let country: Country
    let questions: Questions
    let year: YearShape
    var chance: Chance
    /// The part of the year at which the order was given.
    let ordered: Double
    private(set) var planted: [Planted] = []

    init(country: Country, questions: Questions, year: YearShape, seed: UInt64) {
        self.country = country
        self.questions = questions
        self.year = year
        chance = Chance(seed: seed ^ 0x5708)
        let effect = year.time(at: Stories.block).day
        ordered = year.place(of: Day(number: effect.number - Stories.daysLate).start)
    }

    func federal(_ part: NationalFigures.Part) -> [Agency] {
        country.federal.filter { $0.family.map(part.holds) ?? false }
    }

    /// Ordinary questions to Washington, spread over the three stretches of time.
    mutating func ask(_ agencies: [Agency], _ phases: Stories.Counts.Phases) {
        guard !agencies.isEmpty else { return }
        for place in places(phases) {
            let agency = chance.pick(agencies)
            let message = questions.next(
                from: agency, to: Stories.washington, photos: false, fileOnly: true, &chance)
            add(message, agency, Stories.washington, at: place)
        }
    }

    /// The relay names whom it asks for until the block, and hardly anybody afterwards.
    mutating func relay(_ phases: Stories.Counts.Phases, for ice: [Agency]) {
        guard let relay = country.directory.agency(Stories.relay),
            let office = ice.first(where: { $0.ori == Stories.relayed }),
            let town = country.police[MemberCode("OR")!]?.first
        else { return }
        for (number, place) in places(phases).enumerated() {
            var message = questions.licence(
                from: relay, to: Stories.washington, person: chance.below(Int.max))
            let isNamed = place < Stories.block ? number % 8 != 0 : number % 20 == 0
            if isNamed {
                let other = number % 3 == 0 ? office : town
                message.elements.append(Element(prefix: "BEHALF", value: other.ori.description))
            }
            add(message, relay, Stories.washington, at: place)
        }
    }

    /// One terminal: by day as others, by night about one person of another state, again and again.
    mutating func terminal(_ counts: Stories.Counts) {
        guard let agency = country.directory.agency(Stories.terminal) else { return }
        let owner = Stories.nightOwner
        for number in 0..<counts.nightSame + counts.nightOther {
            let person = number < counts.nightSame ? Stories.nightPerson : chance.below(Int.max)
            let message = questions.licence(from: agency, to: owner, person: person)
            add(message, agency, owner, at: year.place(of: moment(hours: 7..<10)))
        }
        for number in 0..<counts.byDay {
            let neighbour = MemberCode(["MN", "IA", "IL", "MI"][number % 4])!
            var message = questions.next(
                from: agency, to: neighbour, photos: false, fileOnly: true, &chance)
            if !message.elements.contains(where: { $0.prefix == "RSN" }) {
                message.elements.append(Element(prefix: "RSN", value: "T"))
            }
            add(message, agency, neighbour, at: year.place(of: moment(hours: 15..<23)))
        }
    }

    /// A moment on some day of the year, between two hours of the day in UTC.
    private mutating func moment(hours: Range<Int>) -> Timestamp {
        let day = Day(number: year.start.day.number + 2 + chance.below(YearShape.days - 4))
        return day.start + .milliseconds(hours.lowerBound * 3_600_000 + chance.below(hours.count * 3_600_000))
    }

    /// So many places before the order, between order and effect, and after it.
    private mutating func places(_ phases: Stories.Counts.Phases) -> [Double] {
        func some(_ count: Int, from: Double, to: Double) -> [Double] {
            (0..<count).map { _ in
                from + (to - from) * (0.001 + 0.998 * Double(chance.below(1 << 30)) / Double(1 << 30))
            }
        }
        return some(phases.before, from: 0, to: ordered)
            + some(phases.between, from: ordered, to: Stories.block)
            + some(phases.after, from: Stories.block, to: 0.998)
    }

    private mutating func add(_ message: Message, _ agency: Agency, _ owner: MemberCode, at place: Double) {
        planted.append(Planted(place: place, message: message, agency: agency, owner: owner))
    }
}
