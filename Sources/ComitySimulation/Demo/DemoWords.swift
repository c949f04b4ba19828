package import ComityMessages
import ComityRecords

/// What a demo says to people. Lines fit a terminal of 100 columns.
package struct DemoWords: Sendable {
    private let world: DemoWorld
    /// The home as the person wrote it.
    private let home: String

    package init(_ world: DemoWorld) {
        self.world = world
        home = world.plan.home
    }

    /// The beginning: what this is, how large, where.
    package func banner(version: String, address: String, counts: DemoCounts) -> [String] {
        let agencies = world.country.agencies
        let scale = world.plan.scale
        return [
            "comity \(version) demo: a whole small country in one process. People, traffic and federal agency IDs are",
            "made up; policies are illustrations. DO NOT USE FOR REAL DATA.",
            "",
            "  \(world.country.owners.count) owners, \(world.policies.owners) of them with a policy; "
                + "\(Self.number(agencies.real)) real agency names, \(agencies.invented) made-up agencies",
            "  A year of traffic, 1 : \(Self.number(scale.all)) of the nation's; federal families "
                + "1 : \(Self.number(scale.federal))\(scale.federal < scale.all ? ", to have enough to see" : "")",
            "  ICE \(Self.number(scale.lookups(of: NationalFigures.ice))) look-ups, HSI "
                + "\(Self.number(scale.lookups(of: NationalFigures.hsi))), as a letter of November 2025 counts them",
            "  Text links  tcp \(address)      home  \(shownHome)",
            "",
        ] + table(counts)
    }

    /// What became of the look-ups, by the fixed words.
    package func table(_ counts: DemoCounts) -> [String] {
        let all = max(1, counts.lookups)
        var lines = [
            "  What became of \(Self.number(counts.lookups)) look-ups, asked by \(Self.number(counts.asking)) agencies:"
        ]
        for outcome in Outcome.allCases where counts.outcomes[outcome, default: 0] > 0 {
            let count = counts.outcomes[outcome, default: 0]
            lines.append(
                "    " + Self.left(outcome.words, 18) + Self.right(Self.number(count), 9) + "   "
                    + Self.share(count, of: all))
        }
        if counts.underWay > 0 {
            lines.append("    " + Self.left("under way", 18) + Self.right(Self.number(counts.underWay), 9))
        }
        return lines
    }

    /// What was planted in the year, and what finds it.
    package func stories() -> [String] {
        let home = home == DemoPlan.defaultHome ? "" : " --home \(self.home)"
        let block = world.policies.block
        let person = world.population.keys(of: Stories.nightOwner, person: Stories.nightPerson)
        let told: [(String, String)] = [
            (
                "Washington ordered a block of ICE on \(block.dated); it took effect \(Stories.daysLate) days later.",
                "policy history WA"
            ),
            (
                "Border Patrol, which the block leaves out, asks more often since then.",
                "who-did --owner WA --family US.DHS.CBP.USBP --by month"
            ),
            (
                "A sheriff's unit deputised by ICE asks in its place, and is refused like it.",
                "who-did --owner WA --agency \(Stories.deputised) --by affiliation,month"
            ),
            (
                "A hub has stopped saying for whom it asks.",
                "who-did --owner WA --path regional-hub --by month,behalf"
            ),
            (
                "One terminal asks by night, and again and again about one person.",
                "who-did --owner \(Stories.nightOwner) --agency \(Stories.terminal) --by hour"
            ),
        ]
        var lines = ["", "  Planted in it, and what finds it (docs/demo.md tells more):"]
        for (words, command) in told { lines += ["    \(words)", "      comity \(command)\(home)"] }
        lines.append("      comity ledger lookups-of \(person.licence) --owner \(Stories.nightOwner)\(home)")
        return lines
    }

    /// Three things to try.
    package func toTry(isServing: Bool) -> [String] {
        let home = home == DemoPlan.defaultHome ? "" : " --home \(self.home)"
        var lines = ["", isServing ? "  Try, in another terminal:" : "  Try:"]
        if !isServing {
            lines.append("    comity demo                     leave it running; then, in another terminal:")
        }
        lines += [
            "    comity ask --as DXICE0100 DQ WA OLN=WDL00000012X\(home)",
            "    comity can DXCBP0100 photo --owner WA --why\(home)",
            "    comity who-did --family US.DHS --by family\(home)",
        ]
        if isServing { lines.append("  Ctrl-C stops.") }
        return lines
    }

    /// A line now and then: what happened since the start.
    package func live(_ counts: DemoCounts, since start: DemoCounts, sent: Int, at now: Timestamp) -> String {
        let parts = Outcome.allCases.compactMap { outcome -> String? in
            let count = counts.outcomes[outcome, default: 0] - start.outcomes[outcome, default: 0]
            return count > 0 ? "\(Self.number(count)) \(outcome.words)" : nil
        }
        let clock = now.description.dropFirst(11).prefix(8)
        return "  \(clock)Z  \(Self.number(sent)) messages live: " + parts.joined(separator: ", ")
    }

    private var shownHome: String { home.hasPrefix("/") || home.hasPrefix(".") ? home : "./" + home }

    // MARK: Numbers

    /// `23,156`.
    static func number(_ value: Int) -> String {
        var digits = Array(String(value))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return String(digits)
    }

    private static func share(_ count: Int, of all: Int) -> String {
        let share = (Double(count) * 100 / Double(all)).rounded()
        return share < 1 ? "fewer than 1 of 100" : "\(Int(share)) of 100"
    }

    private static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
