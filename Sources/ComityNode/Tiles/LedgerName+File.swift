package import ComityLedger
import Foundation

extension LedgerName {
    /// The name without slashes, for files: `hub-lane-WA-2026`.
    package var fileName: String { description.replacingOccurrences(of: "/", with: "-") }
}
