import Foundation
import Glibc

/// The directory that holds all state of a switch.
///
/// | file | what |
/// | --- | --- |
/// | `lock` | held by the one process that owns the home |
/// | `running` | there while a switch runs, and after one that did not end in good order |
/// | `comity.sqlite` | the store: entries, heads, mail, sessions |
/// | `views.sqlite` | the read models, made from the entries; may be deleted |
/// | `links/NAME.secret` | the secret of each link |
/// | `tiles/NAME/` | the tiles of each ledger, made from the entries; may be deleted |
/// | `versions/N.json` | every version of the configuration that was in force |
/// | `directories/N/` | imported files of the directory, by the version that they came with |
/// | `control.sock` | where a running switch takes questions of this machine's users |
/// | `switch.json` | what other programs need to find it: the configuration in force |
///
/// The keys, and the file of the newest seals (`SealShelf`), lie outside: whoever puts back an old copy of the home does not
/// put them back.
package struct Home: Hashable, Sendable {
    /// Its path.
    package let path: String

    package init(_ path: String) { self.path = path }

    package var store: String { path + "/comity.sqlite" }
    package var views: String { path + "/views.sqlite" }
    package var tiles: String { path + "/tiles" }
    package var versions: String { path + "/versions" }
    package var directories: String { path + "/directories" }
    /// Changes of the directory that members want and that are not in force.
    package var pending: String { path + "/pending" }
    package var running: String { path + "/running" }
    package var controlSocket: String { path + "/control.sock" }
    package var configuration: String { path + "/switch.json" }
    package func secret(of link: String) -> String { path + "/links/\(link).secret" }

    /// Makes the folders, readable by their owner only.
    package func create() throws {
        for folder in [path, path + "/links"] {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
    }

    /// Whether there is a switch's state here.
    package var exists: Bool { FileManager.default.fileExists(atPath: store) }
}

/// The hold of one process on a home. It ends with the process, however that ends.
package final class HomeLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or says who has it.
    package init(_ home: Home) throws(HomeError) {
        let path = home.path + "/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .notUsable(home.path, why: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let owner = (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
                Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
            }
            close(descriptor)
            throw .owned(home.path, process: owner)
        }
        ftruncate(descriptor, 0)
        let text = "\(getpid())\n"
        _ = text.withCString { write(descriptor, $0, strlen($0)) }
    }

    /// Lets go.
    package func release() {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

/// Why a home cannot be used.
package enum HomeError: Error, Hashable, Sendable, CustomStringConvertible {
    case owned(String, process: Int?)
    case notUsable(String, why: String)
    case missing(String)
    case badKey(String, why: String)
    case badRecipient(String)

    package var description: String {
        switch self {
        case .owned(let path, let process):
            "the home `\(path)` is in use by process \(process.map(String.init) ?? "?"); "
                + "stop that switch first, or use another home"
        case .notUsable(let path, let why): "the home `\(path)` cannot be used: \(why)"
        case .missing(let path):
            "there is no switch's home at `\(path)`; give it with --home, or make one with `comity demo`"
        case .badRecipient(let path):
            "the file `\(path)` holds no public key; it must hold the 64 hexadecimal digits of an X25519 public key. "
                + "Nothing can be recorded for its member until it does"
        case .badKey(let path, let why):
            "the key file `\(path)` cannot be used: \(why); without the key that the home was made with, "
                + "its sealed contents cannot be read"
        }
    }
}
