/// How many look-ups a made-up year holds, and whose they are: exactly so many, whatever chance does with the rest.
package struct YearScale: Hashable, Sendable {
    /// One look-up stands for so many.
    package let all: Int
    /// One look-up of a federal family stands for so many: ten times finer, so that there is something to see.
    package let federal: Int

    /// - Parameter all: from 1 (the whole nation) to `coarsest`.
    package init(_ all: Int) {
        self.all = all
        federal = max(1, all / 10)
    }

    package static let usual = 1000
    /// What is coarser has not enough of each family for every story.
    package static let coarsest = 100_000
    /// Finer than this takes long, and much of a disk.
    private static let finestAtEase = 200

    /// What to know before it begins; `nil` if it is soon done.
    package var warning: String? {
        guard all < Self.finestAtEase else { return nil }
        let (minutes, gigabytes) = (max(1, lookups / 400_000), max(1, lookups / 800_000))
        return
            "\(lookups) look-ups take about \(minutes) minutes on two cores and \(gigabytes) GB of disk; Ctrl-C stops, "
            + "and the next demo on the same home begins anew"
    }

    /// All look-ups of the year.
    package var lookups: Int { NationalFigures.all / all }

    /// The look-ups of a part of the federal families.
    package func lookups(of part: NationalFigures.Part) -> Int { part.lookups / federal }

    /// The federal look-ups in a planted story, given for the usual scale; never fewer than a few.
    func planted(_ lookups: Int, atLeast few: Int = 4) -> Int { max(few, lookups * 100 / federal) }
}
