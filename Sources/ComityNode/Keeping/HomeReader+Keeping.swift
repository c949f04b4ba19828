package import ComityLedger
package import ComityMessages
import ComityService
import ComityStore
import Foundation
import Glibc

extension HomeReader {
    /// Has something done with the ledgers: by the switch that runs on the home, or, if none does, here.
    package func keep(_ request: KeepingRequest) throws -> KeepingReport {
        if let report = try ControlClient.keep(home, request) { return report }
        guard request.do != .resend else { throw ServiceError.noSwitch(on: home) }
        let offline = try OfflineHome(self)
        var keeper = Keeper(self, commit: offline.commit, isGone: { true })
        let result = Result { try keeper.perform(request, at: wallClock()) }
        try offline.close()
        var report = try result.get()
        report.isGone = Home.isEmpty(home.store + "-wal")
        return report
    }
}

extension HomeReader {
    /// The secret of an owner or of its auditor: from a file, or the one that is kept in the home's folder of keys.
    package func secret(
        of owner: MemberCode, file: String? = nil
    ) throws -> (role: EpochRole, secret: RecipientSecret)? {
        let folder = configuration.recipientKeysFolder
        guard let file else { return try RecipientKeys.secret(of: owner.description, in: folder) }
        let secret = RecipientSecret(try KeyFile.load(file))!
        // Whose it is, its public half says.
        let auditor = FileManager.default.contents(atPath: "\(folder)/auditor-\(owner).pub")
            .map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
        return (auditor == Hex.text(secret.recipient.bytes) ? .auditor : .owner, secret)
    }
}

extension Home {
    /// Whether a file holds nothing, or is not there.
    static func isEmpty(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) != 0 || status.st_size == 0
    }
}
