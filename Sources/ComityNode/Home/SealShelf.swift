package import ComityLedger
import Foundation
import Glibc

/// The newest seal of each ledger, one file each, apart from the database: whoever puts back an old database does not
/// put back these, and is noticed.
///
/// One process writes at a time; the caller says that a seal follows the one before (`Seal.follows`), for which it
/// needs the tree.
package struct SealShelf: Sendable {
    private let folder: String

    package init(_ home: Home) { folder = home.seals }

    /// The seal of a ledger as it is kept; `nil` if none is.
    ///
    /// - Throws: `NoteError` if it is not signed by the key.
    package func seal(of ledger: LedgerName, key: VerifierKey) throws -> Seal? {
        guard let contents = FileManager.default.contents(atPath: path(ledger)) else { return nil }
        return try Seal(Array(contents), key: key)
    }

    /// The ledgers of which a seal is kept, also those that the store no longer has. Whether the seals are good is
    /// another question.
    package func ledgers() -> [LedgerName] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".seal") }.sorted().compactMap { name in
            let contents = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
            return LedgerName(String(decoding: contents.prefix { $0 != 0x0A }, as: UTF8.self))
        }
    }

    /// Puts a seal in the place of the one before, and returns when it is on the disk.
    package func keep(_ seal: Seal) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try DurableFile.write(seal.bytes, to: path(seal.ledger))
    }

    private func path(_ ledger: LedgerName) -> String { folder + "/\(ledger.fileName).seal" }
}

/// A file that is there whole or not at all, also after a power cut.
package enum DurableFile {
    package static func write(_ bytes: [UInt8], to path: String) throws {
        let new = path + ".new"
        let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
            guard count > 0 else { throw failure(path) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0, rename(new, path) == 0 else { throw failure(path) }
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> HomeError {
        .notUsable(path, why: "it cannot be written: " + String(cString: strerror(errno)))
    }
}

extension LedgerName {
    /// The name without slashes, for files: `hub-lane-WA-2026`.
    package var fileName: String { description.replacingOccurrences(of: "/", with: "-") }
}
