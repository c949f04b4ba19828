import Glibc

/// A file that is there while a switch runs. A process that finds it knows that the one before did not end in good order:
/// it crashed, was killed, or the power was cut.
struct RunningMark {
    private let path: String

    init(_ home: Home) { path = home.running }

    var isThere: Bool { access(path, F_OK) == 0 }

    /// Returns when it is on the disk.
    func set() throws { try DurableFile.write(Array("\(getpid())\n".utf8), to: path) }

    /// The end came in good order.
    func clear() { unlink(path) }
}
