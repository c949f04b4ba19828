package import ComityService

/// What an operator wants changed in a running switch, as it goes over the control socket.
package struct ChangeRequest: Hashable, Sendable, Codable {
    package enum Action: String, Codable, Sendable { case change }

    package var `do` = Action.change
    /// Only say what would change.
    package var isPreview = false
    /// A configuration file to apply, by its absolute path.
    package var file: String?
    /// The number of an earlier version to go back to.
    package var revert: Int?
    /// A link to drain or to take up again.
    package var drain: String?
    package var resume: String?
    /// A directory file, or a folder of such, to import, by its absolute path.
    package var directory: String?

    package init() {}
}

/// What changed, or would.
package struct ChangeReport: Hashable, Sendable, Codable {
    /// The version that is in force now, or would be.
    package var version: Int
    /// The version before.
    package var before: Int
    /// At once: `+` added, `-` removed, `~` changed.
    package var changes: [String]
    /// What waits for the next start.
    package var atStart: [String]
    /// Policies, and versions of data, that come into force with it.
    package var activated: [String] = []
    /// What would be judged otherwise because the directory says something else of agencies.
    package var effects: [DirectoryPreview.Effect] = []
    /// Where the version is recorded; `nil` for a preview.
    package var recorded: KeepingReport.Place?

    /// Whether there is anything to do.
    package var isEmpty: Bool { changes.isEmpty && atStart.isEmpty && activated.isEmpty }
}
