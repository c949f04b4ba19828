package import ComityLedger
package import ComityService
import Foundation

/// Reads a ledger's public key from the file that an export writes beside the tiles.
package enum VerifierKeyFile {
    /// - Throws: `key-unreadable`.
    package static func load(_ path: String) throws(ServiceError) -> VerifierKey {
        guard let contents = FileManager.default.contents(atPath: path), contents.count <= 4096 else {
            throw ServiceError(
                "key-unreadable", "the key file `\(path)` cannot be read", next: "check its name")
        }
        let text = String(decoding: contents, as: UTF8.self)
        do throws(NoteError) {
            return try VerifierKey(reading: text.hasSuffix("\n") ? String(text.dropLast()) : text)
        } catch {
            throw ServiceError(
                "key-unreadable", "the key file `\(path)` holds no verifier key: \(error)",
                next: "give the .vkey file that `comity ledger export --tiles` writes")
        }
    }
}
