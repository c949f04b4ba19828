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

    /// Reads a secret of 32 bytes. The file must belong to whoever runs this program, and nobody else may read it.
    ///
    /// What is checked is what is read: the file is opened once.
    package static func load(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw HomeError.badKey(path, why: "it cannot be read: " + String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw HomeError.badKey(path, why: "it is no plain file")
        }
        guard status.st_uid == geteuid() else {
            throw HomeError.badKey(path, why: "it belongs to another user")
        }
        guard status.st_mode & 0o177 == 0 else {
            throw HomeError.badKey(path, why: "others may read it; say `chmod 600` to it")
        }
        // 64 digits and a line feed; anything longer is something else.
        var buffer = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &buffer, buffer.count)
        let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        guard let key = Hex.bytes(text.trimmingCharacters(in: .whitespacesAndNewlines)), key.count == 32
        else { throw HomeError.badKey(path, why: "it does not hold 64 hexadecimal digits") }
        return key
    }
}
