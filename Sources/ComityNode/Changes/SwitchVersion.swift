import ComityExchange
package import ComityLedger
package import ComityMessages
import ComityService
import ComityStore
import Crypto
import Foundation

/// How a switch was configured from some moment on. Versions are numbered from 1, and none is ever changed.
package struct SwitchVersion: Hashable, Sendable, Codable {
    /// What brought it about.
    package enum Cause: String, Hashable, Sendable, Codable {
        case start, apply, revert, drain, resume
        case directory = "import"

        /// In words.
        package var words: String {
            switch self {
            case .start: "at a start"
            case .apply: "applied"
            case .revert: "gone back"
            case .drain: "link drained"
            case .resume: "link resumed"
            case .directory: "directory imported"
            }
        }
    }

    package let number: Int
    /// When it came into force.
    package let since: Timestamp
    package let cause: Cause
    /// The configuration as its file has it.
    package let base: NodeConfiguration
    /// The links from which nothing more is taken.
    package let drained: Set<String>
    /// The folder of the imported directory files; `nil` for those that the configuration names.
    package let directory: String?

    /// The configuration in force: the file's, with the imported directory.
    package var configuration: NodeConfiguration {
        var result = base
        result.directory = directory ?? base.directory
        return result
    }

    /// SHA-256 of everything but number, time and cause, in one fixed order of keys.
    package var hash: LedgerHash {
        struct Content: Encodable {
            let base: NodeConfiguration
            let drained: [String]
            let directory: String?
        }
        let content = Content(base: base, drained: drained.sorted(), directory: directory)
        let bytes = (try? JSONEncoder.readable.encode(content)) ?? Data()
        return LedgerHash(Array(SHA256.hash(data: bytes)))!
    }

    /// What the control ledger says of it.
    func draft(switchName: String, at now: Timestamp) -> Draft {
        .other(
            .directory(
                DirectoryEntry(
                    ledger: LedgerName(controlOf: switchName)!, time: UInt64(now.milliseconds),
                    subject: .configuration, version: "\(number)", hash: hash)), body: nil)
    }

    /// The same, unless the control ledger says it already.
    func drafts(after control: [EntryRow], at now: Timestamp) throws -> [Draft] {
        try ControlHistory(control).data[.configuration] == hash
            ? [] : [draft(switchName: base.name, at: now)]
    }

    /// The version that follows this one.
    package func next(
        _ cause: Cause, at now: Timestamp, base: NodeConfiguration? = nil, drained: Set<String>? = nil,
        directory: String?? = nil
    ) -> SwitchVersion {
        let base = base ?? self.base
        let names = Set(base.links.map(\.name))
        return SwitchVersion(
            number: number + 1, since: now, cause: cause, base: base,
            drained: (drained ?? self.drained).intersection(names), directory: directory ?? self.directory)
    }
}
