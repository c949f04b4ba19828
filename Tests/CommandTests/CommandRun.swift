import Foundation

/// One run of the real program.
struct CommandRun {
    let status: Int32
    let output: String
    let errors: String

    /// The program stands beside the tests; `COMITY_PROGRAM` names another build of it, a release for example.
    static var program: String {
        if let program = ProcessInfo.processInfo.environment["COMITY_PROGRAM"] { return program }
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var folder = tests.deletingLastPathComponent()
        for _ in 0..<5 {
            let candidate = folder.appendingPathComponent("comity").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        return CommandWorld.root + "/.build/debug/comity"
    }

    init(_ arguments: [String], input: [UInt8] = [], home: String? = nil) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = arguments
        var environment = ["COMITY_DATA": CommandWorld.root + "/Data", "PATH": "/usr/bin:/bin"]
        environment["COMITY_HOME"] = home
        process.environment = environment
        let (inPipe, outPipe, errorPipe) = (Pipe(), Pipe(), Pipe())
        process.standardInput = inPipe
        process.standardOutput = outPipe
        process.standardError = errorPipe
        try process.run()
        inPipe.fileHandleForWriting.write(Data(input))
        try inPipe.fileHandleForWriting.close()
        let output = outPipe.fileHandleForReading.readDataToEndOfFile()
        let errors = errorPipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        status = process.terminationStatus
        self.output = String(decoding: output, as: UTF8.self)
        self.errors = String(decoding: errors, as: UTF8.self)
    }

    /// The output as JSON, whatever it is.
    func json() throws -> Any { try JSONSerialization.jsonObject(with: Data(output.utf8)) }

    func object() throws -> [String: Any] { (try json() as? [String: Any]) ?? [:] }
}
