package import ComityLedger
import Foundation
import Glibc

/// The public keys of those who may open the bodies of look-ups, one file each: `owner-WA.pub`, `auditor-WA.pub`,
/// `requester-WA.pub`, 64 hexadecimal digits.
///
/// A member brings its own: it puts the public key here and keeps the secret at home. For one that has not, a pair is
/// made, and the secret lies beside it (`owner-WA.key`, readable by its owner only) until somebody takes it away.
package struct RecipientKeys: Sendable {
    private let folder: String

    package init(folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Who may open a holder's bodies.
    package func recipients(of holder: EpochHolder) throws -> [(role: EpochRole, key: RecipientKey)] {
        try holder.roles.map { role in (role, try key(role, of: holder.member)) }
    }

    /// The file that holds a secret, if it is kept here.
    package static func secret(_ role: EpochRole, of member: String, in folder: String) -> String {
        "\(folder)/\(role.rawValue)-\(member).key"
    }

    /// The secret of an owner, or else of its auditor, if one is kept in a folder.
    package static func secret(
        of owner: String, in folder: String
    ) throws -> (role: EpochRole, secret: RecipientSecret)? {
        for role in [EpochRole.owner, .auditor] {
            let file = secret(role, of: owner, in: folder)
            guard FileManager.default.fileExists(atPath: file) else { continue }
            return try (role, RecipientSecret(KeyFile.load(file))!)
        }
        return nil
    }

    private func key(_ role: EpochRole, of member: String) throws -> RecipientKey {
        let file = "\(folder)/\(role.rawValue)-\(member).pub"
        guard FileManager.default.fileExists(atPath: file) else {
            let secret = try KeyFile.loadOrCreate(Self.secret(role, of: member, in: folder))
            let recipient = RecipientSecret(secret)!.recipient
            try Data((Hex.text(recipient.bytes) + "\n").utf8).write(
                to: URL(fileURLWithPath: file), options: .atomic)
            return recipient
        }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let bytes = Hex.bytes(text.trimmingCharacters(in: .whitespacesAndNewlines)),
            let key = RecipientKey(bytes)
        else {
            throw HomeError.badRecipient(file)
        }
        return key
    }
}
