import ComityDirectory
package import ComityMessages
import ComityRecords

/// What is planted in the year, look-up by look-up, for `comity who-did` to find. docs/demo.md tells each story.
///
/// Look-ups whose outcome or number a story is about come from the stories only: see `isToldBy`.
package struct Stories: Sendable {
    /// The state that stops serving immigration enforcement, at this part of the year's traffic; the order was given so
    /// many days before.
    package static let blocker = "WA"
    package static let block = 0.6
    package static let daysLate = 12

    /// Where the one terminal asks by night.
    package static let nightOwner = MemberCode("MN")!
    /// The person whom it asks about, of those of that owner, from 0.
    package static let nightPerson = 41

    package static let deputised = ORI("DXSHERIF1")!
    /// The office of immigration enforcement for which the relay asks.
    package static let relayed = ORI("DXICE0100")!
    package static let relay = ORI("DXRELAY01")!
    package static let terminal = ORI("DXTOWN001")!
    static let washington = MemberCode(blocker)!

    /// How many look-ups each story has.
    package struct Counts: Hashable, Sendable {
        /// Of immigration enforcement in Washington, its investigators counted in: before the order, between order and
        /// effect, after.
        package var enforcement: (before: Int, between: Int, after: Int) {
            (
                removal.before + investigations.before, removal.between + investigations.between,
                removal.after + investigations.after
            )
        }
        package var removal = Phases(), investigations = Phases(), borderPatrol = Phases()
        package var deputised = Phases(), relay = Phases()
        /// Look-ups of the terminal by night about one person, by night about others, and by day.
        package var nightSame = 0, nightOther = 0, byDay = 0

        package struct Phases: Hashable, Sendable {
            package var before = 0, between = 0, after = 0

            package var all: Int { before + between + after }
        }

        package init(_ scale: YearScale) {
            func phases(_ before: Int, _ between: Int, _ after: Int) -> Phases {
                Phases(
                    before: scale.planted(before), between: scale.planted(between),
                    after: scale.planted(after))
            }
            removal = phases(66, 7, 44)
            investigations = phases(132, 14, 60)
            borderPatrol = Phases(
                before: scale.planted(96), between: scale.planted(8),
                after: scale.planted(310, atLeast: 12))
            deputised = Phases(before: 6, between: 4, after: 72)
            relay = Phases(before: 48, between: 4, after: 120)
            (nightSame, nightOther, byDay) = (46, 12, 40)
        }

        var federal: [(NationalFigures.Part, Int)] {
            [
                (NationalFigures.ice, removal.all), (NationalFigures.hsi, investigations.all),
                (NationalFigures.borderPatrol, borderPatrol.all),
            ]
        }
        var local: Int { deputised.all + relay.all + nightSame + nightOther + byDay }
    }

    package let counts: Counts

    package init(_ scale: YearScale) { counts = Counts(scale) }

    /// Whether look-ups of an agency at an owner come from the stories only.
    static func isToldBy(_ agency: Agency, _ owner: MemberCode) -> Bool {
        guard owner == washington, let place = agency.family else { return false }
        return [NationalFigures.ice, NationalFigures.hsi, NationalFigures.borderPatrol].contains {
            $0.holds(place)
        }
    }
}

/// One planted message, of one look-up.
struct Planted: Sendable {
    let place: Double
    let message: Message
    let agency: Agency
    let owner: MemberCode
}
