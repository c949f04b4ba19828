import ArgumentParser
import ComityDirectory
import ComityMessages
import ComityNode
import ComityPolicy
import ComityService
import Foundation

/// Which home a verb is about.
struct HomeOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The switch's home. Default: COMITY_HOME, or ./comity-demo.", valueName: "directory"))
    var home: String?

    var place: Home {
        let path = home ?? ProcessInfo.processInfo.environment["COMITY_HOME"] ?? "./comity-demo"
        return Home(URL(fileURLWithPath: path).path)
    }

    func open() throws -> HomeReader { try HomeReader(place) }

    /// The data that came with the program, or that the home's switch uses if there is a home.
    func data() throws -> DataFolder {
        if let reader = try? HomeReader(place) { return reader.data }
        return try DataFolder.find()
    }
}

/// Standard input, whole; at most so many bytes.
func standardInput(atMost limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= limit, let chunk = try FileHandle.standardInput.read(upToCount: 65_536),
        !chunk.isEmpty
    {
        bytes += chunk
    }
    guard bytes.count <= limit else {
        throw ServiceError(
            "input-too-long", "standard input holds more than \(limit) bytes", next: "give one message")
    }
    return bytes
}
