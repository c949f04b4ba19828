import ArgumentParser
import ComityService
import Foundation

/// How a verb prints. Every verb has these.
struct OutputOptions: ParsableArguments {
    @Flag(
        help:
            "Print JSON. An error is then an object too: {\"error\":{\"code\",\"what\",\"next\"}} on standard output."
    )
    var json = false

    @Flag(name: .customLong("no-color"), help: "No colours, also on a terminal.")
    var noColor = false

    /// Whether standard output is read by a person.
    var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    private var isColoured: Bool {
        isTerminal && !noColor && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
    }

    /// A word that carries the answer.
    func strong(_ text: String) -> String { isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// Does a verb's work. What goes wrong is printed once, in the form that was asked for, and ends the program
    /// with status 1.
    func run(_ work: () throws -> Int32) throws {
        let status: Int32
        do {
            status = try work()
        } catch let error as ExitCode {
            throw error
        } catch let error as ValidationError {
            throw error
        } catch {
            fail(Problem(error))
            throw ExitCode(1)
        }
        fflush(nil)
        if status != 0 { throw ExitCode(status) }
    }

    private func fail(_ problem: Problem) {
        fflush(nil)
        if json {
            printJSON(["error": problem])
        } else {
            let next = problem.next.isEmpty ? "" : "\n  next: \(problem.next)"
            FileHandle.standardError.write(Data("comity: \(problem.what)\(next)\n".utf8))
        }
    }

    func printJSON(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return }
        print(String(decoding: data, as: UTF8.self))
    }
}

/// An error as it is shown.
struct Problem: Encodable {
    let code: String
    let what: String
    let next: String

    init(_ error: any Error) {
        if let error = error as? ServiceError {
            (code, what, next) = (error.code, error.what, error.next)
            return
        }
        // The errors of the other rooms say what to do behind their last semicolon.
        let text = String(describing: error)
        let parts = text.components(separatedBy: "; ")
        code = Self.code(error)
        what = parts.count > 1 ? parts.dropLast().joined(separator: "; ") : text
        next = parts.count > 1 ? parts.last! : ""
    }

    private static func code(_ error: any Error) -> String {
        // The type's own name in words: `HomeError` is `home`, `PolicyFolderError` is `policy-folder`.
        var word = ""
        for character in String(describing: type(of: error)).replacingOccurrences(of: "Error", with: "") {
            if character.isUppercase, !word.isEmpty { word += "-" }
            word += character.lowercased()
        }
        return word
    }
}
