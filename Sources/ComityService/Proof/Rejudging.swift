import ComityExchange
import ComityLedger
package import ComityPolicy

/// Recorded look-ups judged again, each under the versions that its entries name.
package struct Rejudging: Sendable {
    /// A look-up of which something comes out otherwise than it is recorded.
    package struct Difference: Hashable, Sendable, Encodable {
        package let reference: String
        package let differences: [String]
    }

    /// Look-ups that were judged again.
    package private(set) var judged = 0
    package private(set) var different: [Difference] = []
    /// Why look-ups could not be judged again, and how many.
    package private(set) var impossible: [String: Int] = [:]

    private let archive: PolicyArchive
    private let taxonomy: Taxonomy

    package init(archive: PolicyArchive, taxonomy: Taxonomy) {
        self.archive = archive
        self.taxonomy = taxonomy
    }

    /// Judges a look-up again.
    package mutating func add(_ lookup: RecordedLookup) {
        do throws(ServiceError) {
            let again = try archive.judgeAgain(lookup, taxonomy: taxonomy)
            judged += 1
            if !again.differences.isEmpty {
                different.append(
                    Difference(
                        reference: Reference(lookup.question.transaction).description,
                        differences: again.differences))
            }
        } catch {
            impossible[error.what, default: 0] += 1
        }
    }

    /// Whether all of them could be judged again and came out the same.
    package var isSame: Bool { different.isEmpty && impossible.isEmpty }
}
