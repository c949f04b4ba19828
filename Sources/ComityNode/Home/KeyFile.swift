import ComityLedger
import Foundation
import Glibc

/// A file that holds one secret, readable by its owner only.
package enum KeyFile {
    /// Reads a secret of 32 bytes, or makes one if there is no file.
    package static func loadOrCreate(_ path: String) throws -> [UInt8] {
        if FileManager.default.fileExists(atPath: path) { return try load(path) }
        let key = SecureBytes.key()
        let text = Hex.text(key) + "\n"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw HomeError.badKey(path, why: "it cannot be made: " + String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        let written = text.withCString { write(descriptor, $0, strlen($0)) }
        guard written == text.utf8.count, fsync(descriptor) == 0 else {
            throw HomeError.badKey(path, why: "it cannot be written")
        }
        return key
    }

    /// Reads a secret of 32 bytes. Others must not be able to read the file.
    package static func load(_ path: String) throws -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0, let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw HomeError.badKey(path, why: "it cannot be read")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw HomeError.badKey(path, why: "others may read it; say `chmod 600` to it")
        }
        guard let key = Hex.bytes(text.trimmingCharacters(in: .whitespacesAndNewlines)),
            key.count == 32
        else { throw HomeError.badKey(path, why: "it does not hold 64 hexadecimal digits") }
        return key
    }
}
