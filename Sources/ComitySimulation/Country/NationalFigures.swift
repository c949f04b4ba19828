package import ComityDirectory
import ComityMessages

/// How often whom asks the owners of the nation in a year, at full scale.
///
/// Three numbers are published: all look-ups, those of Immigration and Customs Enforcement, and those of its Homeland
/// Security Investigations, in the year to 1 October 2025 (a letter of members of Congress, 12 November 2025). The
/// letter says "more than 290 million"; its numbers leave out what a state's own agencies ask their own state. For the
/// other federal families no number is public, and theirs are invented.
package enum NationalFigures {
    /// All look-ups of a year.
    package static let all = 290_000_000

    /// A part of the federal families, which no other part shares.
    package struct Part: Hashable, Sendable {
        package let family: FamilyPath
        /// What is counted by itself.
        package let without: FamilyPath?
        /// Look-ups in a year, at full scale.
        package let lookups: Int
        /// Whether the number was published; otherwise it is invented.
        package let isPublished: Bool

        fileprivate init(_ family: String, without: String? = nil, _ lookups: Int, isPublished: Bool = false)
        {
            self.family = FamilyPath(family)!
            self.without = without.map { FamilyPath($0)! }
            self.lookups = lookups
            self.isPublished = isPublished
        }

        /// Whether a place in the tree belongs to the part.
        package func holds(_ place: FamilyPath) -> Bool {
            place.isWithin(family) && without.map { !place.isWithin($0) } ?? true
        }
    }

    package static let ice = Part("US.DHS.ICE", without: "US.DHS.ICE.HSI", 292_114, isPublished: true)
    package static let hsi = Part("US.DHS.ICE.HSI", 605_116, isPublished: true)
    package static let borderPatrol = Part("US.DHS.CBP.USBP", 320_000)

    package static let parts = [
        ice, hsi, borderPatrol, Part("US.DHS.CBP", without: "US.DHS.CBP.USBP", 400_000),
        Part("US.DOJ.DEA", 180_000), Part("US.DOJ.FBI", 180_000), Part("US.DOJ.USMS", 110_000),
        Part("US.DOJ.ATF", 60_000), Part("US.DHS.USSS", 40_000), Part("US.USPS", 40_000),
        Part("US.DOI", 40_000), Part("US.DHS.TSA", 20_000), Part("US.DHS.USCIS", 20_000),
        Part("US.TREAS", 20_000),
    ]
}
