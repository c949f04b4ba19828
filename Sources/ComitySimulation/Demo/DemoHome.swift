import ComityMessages
package import ComityNode
import Foundation
import Glibc

/// The home of a demo: a switch's home that a marker file gives free to be replaced.
package struct DemoHome: Sendable {
    package let home: Home
    private let lock: HomeLock

    /// The file whose presence says that a home was made by the demo, and by nobody in earnest.
    package static let marker = "MADE-BY-COMITY-DEMO"

    private static let markerText = """
        This home was made by `comity demo`. People, traffic and federal agency IDs in it are made up.
        DO NOT USE FOR REAL DATA. The next `comity demo` on this folder throws everything here away.

        """

    /// Makes an empty demo home. One that a demo made before is replaced; anything else is left alone.
    package init(_ path: String) throws {
        home = Home(URL(fileURLWithPath: path).standardizedFileURL.path)
        let files = FileManager.default
        var isFolder: ObjCBool = false
        if files.fileExists(atPath: home.path, isDirectory: &isFolder) {
            guard isFolder.boolValue else {
                throw DemoError.notReplaceable(path, why: "it is a file, not a folder")
            }
            let names = try files.contentsOfDirectory(atPath: home.path)
            guard names.isEmpty || names.contains(Self.marker) else {
                throw DemoError.notReplaceable(path, why: "it was not made by `comity demo`")
            }
        }
        // The marker comes first and stays: whatever ends this early, the next demo may go on from it.
        try files.createDirectory(atPath: home.path, withIntermediateDirectories: true)
        let marker = URL(fileURLWithPath: home.path + "/" + Self.marker)
        try Data(Self.markerText.utf8).write(to: marker)
        lock = try HomeLock(home)
        let kept = ["lock", Self.marker]
        for name in try files.contentsOfDirectory(atPath: home.path) where !kept.contains(name) {
            try files.removeItem(atPath: home.path + "/" + name)
        }
        try home.create()
    }

    var policies: String { home.path + "/policies" }
    var records: String { home.path + "/records.sqlite" }
    var key: String { home.path + "/switch.key" }
    var recipientKeys: String { home.path + "/keys" }
    /// Within the home, so that it goes when the next demo replaces the home.
    var sealed: String { home.path + "/sealed" }

    /// Lets go of the home, for the switch to take it.
    func release() { lock.release() }
}

/// Why there is no demo.
package enum DemoError: Error, Hashable, Sendable, CustomStringConvertible {
    case notReplaceable(String, why: String)
    case noPolicies(String)
    case nobodyAsks
    case tooCoarse
    case unanswered(seconds: Int)

    package var description: String {
        switch self {
        case .notReplaceable(let path, let why):
            "the demo does not replace `\(path)`: \(why); give another folder with --home, or remove it yourself"
        case .noPolicies(let folder):
            "there are no example policies in `\(folder)`; set COMITY_DATA to the folder `Data` that they stand beside"
        case .nobodyAsks:
            "the directory holds no agency that could ask; set COMITY_DATA to the folder that came with the program"
        case .tooCoarse:
            "so few look-ups do not hold the stories that are planted; give a --scale of at most "
                + "\(YearScale.coarsest)"
        case .unanswered(let seconds):
            "not every live message was answered within \(seconds) s; the machine may be overloaded, try again"
        }
    }
}
