import ComityPolicy
import ComityService
import Foundation

/// Reading and writing the files that a verb names; `-` is standard input.
enum PolicyTexts {
    static func read(_ file: String) throws -> String {
        let bytes = try bytes(file)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ServiceError(
                "file-unreadable", "the file `\(file)` is not UTF-8 text", next: "check its name")
        }
        return text
    }

    static func bytes(_ file: String) throws -> [UInt8] {
        if file == "-" { return try standardInput(atMost: 16 << 20) }
        guard let contents = FileManager.default.contents(atPath: file) else {
            throw ServiceError("file-unreadable", "the file `\(file)` cannot be read", next: "check its name")
        }
        return Array(contents)
    }

    static func write(_ bytes: [UInt8], to file: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw ServiceError(
                "file-unwritable", "the file `\(file)` cannot be written",
                next: "check that its directory exists and may be written")
        }
    }

    /// What is wrong with a file, as an error: the first of what was found.
    static func error(_ file: String, _ diagnostics: [Diagnostic]) -> ServiceError {
        let first = diagnostics.first { $0.severity == .error }
        return ServiceError(
            "policy-unreadable",
            first.map { "\(file):\($0.line):\($0.column): \($0.message)" }
                ?? "the file `\(file)` cannot be used",
            next: "try `comity policy check` on it")
    }
}
