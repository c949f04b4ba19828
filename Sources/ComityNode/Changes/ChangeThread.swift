import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
import ComityService
import ComityStoreSQLite
import Foundation
import Logging

/// Changes a running switch, one change after the other: reads what is new from files, says what it would change, keeps
/// the version, and hands it to whoever works by it.
///
/// | step | if the process ends after it |
/// | --- | --- |
/// | the version's file is durable | the next start begins with it, and records it |
/// | the machine has it, and the control ledger says so | it is in force |
/// | links' secrets, record source, `switch.json` | each start makes them anew from the version |
final class ChangeThread: Sendable {
    struct Job: Sendable {
        let request: ChangeRequest
        let reply: @Sendable (Result<ChangeReport, ServiceError>) -> Void
    }

    let inbox = Inbox<Job>()
    private let home: Home
    private let switchboard: Inbox<Event>
    private let links: LinkService
    private let records: RecordsThread
    private let shelf: VersionShelf
    private let log: Logger

    init(
        home: Home, switchboard: Inbox<Event>, links: LinkService, records: RecordsThread, log: Logger
    ) {
        self.home = home
        self.switchboard = switchboard
        self.links = links
        self.records = records
        self.log = log
        shelf = VersionShelf(home)
    }

    /// Runs until the inbox is closed.
    func run() {
        while let jobs = inbox.take() {
            for job in jobs { job.reply(result { try perform(job.request) }) }
        }
    }

    private func result(_ work: () throws -> ChangeReport) -> Result<ChangeReport, ServiceError> {
        do {
            return .success(try work())
        } catch let error as ServiceError {
            return .failure(error)
        } catch {
            return .failure(ServiceError("change-failed", "\(error)", next: "nothing was changed"))
        }
    }

    private func perform(_ request: ChangeRequest) throws -> ChangeReport {
        guard let old = try shelf.latest() else {
            throw ServiceError("version-unknown", "this switch has no version yet", next: "start it again")
        }
        let now = SwitchClock.wall()
        var imported: String?
        defer { if let imported, request.isPreview { DirectoryImport.discard(imported) } }
        let new: SwitchVersion
        if let file = request.file {
            new = old.next(.apply, at: now, base: try NodeConfiguration(file: file))
        } else if let number = request.revert {
            let earlier = try shelf.version(number)
            new = old.next(
                .revert, at: now, base: earlier.base, drained: earlier.drained,
                directory: .some(earlier.directory))
        } else if let link = request.drain {
            try check(link, in: old)
            new = old.next(.drain, at: now, drained: old.drained.union([link]))
        } else if let link = request.resume {
            try check(link, in: old)
            new = old.next(.resume, at: now, drained: old.drained.subtracting([link]))
        } else if let path = request.directory {
            let folder = home.directories + "/\(old.number + 1)"
            try DirectoryImport.copy(
                path, over: try SwitchData.folder(old.configuration).directoryFiles, to: folder)
            imported = folder
            new = old.next(.directory, at: now, directory: .some(folder))
        } else {
            throw ServiceError(
                "request-unfit", "this request is not one that a switch of this version knows",
                next: "use the program that belongs to the switch")
        }
        do {
            return try change(from: old, to: new, isPreview: request.isPreview, at: now)
        } catch {
            if let imported { DirectoryImport.discard(imported) }
            throw error
        }
    }

    private func check(_ link: String, in version: SwitchVersion) throws(ServiceError) {
        guard version.base.links.contains(where: { $0.name == link }) else {
            throw ServiceError(
                "link-unknown", "the switch has no link `\(link)`",
                next: "see which there are with `comity link list`")
        }
    }

    private func change(
        from old: SwitchVersion, to new: SwitchVersion, isPreview: Bool, at now: Timestamp
    ) throws -> ChangeReport {
        let difference = ConfigurationDifference(from: old, to: new)
        guard difference.never.isEmpty else {
            throw ServiceError(
                "never-changes",
                "a home keeps its name, ori and place for good: "
                    + difference.never.joined(separator: "; "),
                next: "make a new home for another switch")
        }
        // Look-ups are under way on it, and the session is that of its name.
        guard old.base.uplink == new.base.uplink else {
            throw ServiceError(
                "uplink-at-start", "the `uplink` changes with a start only; nothing was changed",
                next: "apply everything else, then stop the switch and start it with the new file")
        }
        let data = try SwitchData(new.configuration, drained: new.drained)
        let store = try StoreReader(path: home.store)
        defer { try? store.close() }
        let activation = try data.activation(control: store.controlEntries(), at: now)
        let standing = standing()
        // A change never loses a policy that is in force: everything of its owner would be refused from one moment to the next.
        for (owner, why) in activation.rulebook.lost
        where !standing.lost.contains(where: { $0.owner == owner }) {
            throw ServiceError(
                "policy-lost", "with this change the policy of `\(owner)` could not be used any more: \(why)",
                next: "mend it first; nothing was changed")
        }
        var report = ChangeReport(
            version: new.number, before: old.number, changes: difference.now, atStart: difference.atStart)
        report.activated = activation.drafts.compactMap(Self.words)
        if standing.directory.hash != data.directory.hash {
            report.effects =
                DirectoryPreview(
                    from: standing, to: activation.rulebook, tables: data.tables, at: now
                ).effects
            report.changes += DirectoryDifference(from: standing.directory, to: data.directory).lines
        }
        guard !isPreview, !report.isEmpty else { return report }
        let source = new.base.records == old.base.records ? nil : try data.source(new.configuration)
        try links.learn(new.base.links.map(\.name), in: home)
        try shelf.put(new)
        let drafts = activation.drafts + [new.draft(switchName: new.base.name, at: now)]
        report.recorded = hand(
            SwitchChange(settings: data.settings, rulebook: activation.rulebook, drafts: drafts))
        if let source { records.use(source) }
        var inForce = new.configuration
        inForce.listen.port = try NodeConfiguration(inForceOf: home).listen.port
        inForce.metrics = try NodeConfiguration(inForceOf: home).metrics
        try JSONEncoder.readable.encode(inForce).write(
            to: URL(fileURLWithPath: home.configuration), options: .atomic)
        log.notice(
            "changed", metadata: ["version": "\(new.number)", "cause": "\(new.cause.rawValue)"])
        return report
    }

    /// The policies that judge now, as the machine has them.
    private func standing() -> Rulebook {
        Handed.wait { put in switchboard.put(.visit { exchange in put(exchange.rulebook) }) }
    }

    /// Gives the change to the machine, and waits until the ledger has it.
    private func hand(_ change: SwitchChange) -> KeepingReport.Place? {
        let places: [EntryPlace] = Handed.wait { switchboard.put(.change(change, then: $0)) }
        return places.last.map {
            KeepingReport.Place(ledger: $0.ledger.description, position: $0.position)
        }
    }

    /// What comes into force, in words.
    private static func words(_ draft: Draft) -> String? {
        guard case .other(let entry, _) = draft else { return nil }
        switch entry {
        case .policy(let policy): return "policy of \(policy.owner): version \(policy.number)"
        case .directory(let data): return "\(data.subject): version \(data.version)"
        default: return nil
        }
    }

    func stop() { inbox.close() }
}
