import ComityExchange
import ComityLedger
package import ComityMessages
package import ComityService
package import ComityStore
import Foundation
import Glibc

/// An owner's index of licence numbers as a file: its parts one after the other, each with its length (4 bytes,
/// big-endian) before it.
///
/// It lies beside the home and not in it, and may be deleted at any time; the next search makes it anew.
package struct LicenceIndexFile {
    private let path: String
    private let keys: LicenceIndex.Keys
    private let lane: LedgerName
    private var index = LicenceIndex()
    private var parts: UInt64 = 0
    /// Bytes of whole parts: behind them lies what a crash left half written.
    private var length = 0

    /// The file of an owner in the folder of a home's indexes.
    package static func path(of owner: MemberCode, folder: String) -> String { "\(folder)/\(owner).index" }

    /// Reads what is there.
    ///
    /// - Throws: `index-unreadable` if it was changed, or made with another secret.
    package init(_ path: String, keys: LicenceIndex.Keys, owner: MemberCode, switchName: String) throws {
        self.path = path
        self.keys = keys
        lane = LedgerName(switch: switchName, lane: owner.description, year: 1970)!
        guard let contents = FileManager.default.contents(atPath: path) else { return }
        let bytes = Array(contents)
        while bytes.count - length >= 4 {
            let size = bytes[length..<length + 4].reduce(0) { $0 << 8 | Int($1) }
            guard bytes.count - length - 4 >= size else { break }
            do {
                try index.add(
                    Array(bytes[length + 4..<length + 4 + size]), number: parts, keys: keys, lane: lane)
            } catch {
                throw ServiceError(
                    "index-unreadable",
                    "the index `\(path)` cannot be read with this key: it was changed, or made with another",
                    next:
                        "`comity ledger lookups-of --owner \(owner) --forget` deletes it; the next search makes it anew"
                )
            }
            length += 4 + size
            parts += 1
        }
    }

    /// Takes in what was recorded since, and keeps it.
    package mutating func catchUp(
        _ opener: inout OwnerKeys, tables: CodeTables, store: some EntrySource
    ) throws {
        let before = index.through
        let new = try index.catchUp(&opener, keys: keys, tables: tables, store: store)
        if index.through == before { return }
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
            withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var fresh = SecureBytes.fresh()
        if new == nil { (parts, length) = (0, 0) }
        let sealed = try index.sealed(
            new ?? index.rows, number: parts, keys: keys, lane: lane, nonce: fresh.nonce())
        let part = withUnsafeBytes(of: UInt32(sealed.count).bigEndian) { Array($0) } + sealed
        if length == 0 { try DurableFile.write(part, to: path) } else { try append(part) }
        parts += 1
        length += part.count
    }

    private func append(_ part: [UInt8]) throws {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure }
        defer { close(descriptor) }
        guard ftruncate(descriptor, length) == 0, lseek(descriptor, 0, SEEK_END) == length,
            part.withUnsafeBytes({ write(descriptor, $0.baseAddress!, $0.count) }) == part.count,
            fsync(descriptor) == 0
        else { throw failure }
    }

    private var failure: HomeError {
        .notUsable(path, why: "it cannot be written: " + String(cString: strerror(errno)))
    }

    /// The questions that asked by a number.
    package func questions(_ number: String) -> [Int64] { index.questions(number, keys: keys) }

    /// Deletes the file; `false` if there was none.
    package static func forget(_ path: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        try FileManager.default.removeItem(atPath: path)
        return true
    }
}
