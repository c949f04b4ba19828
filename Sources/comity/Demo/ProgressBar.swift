import ComitySimulation
import Foundation

/// What is being done, on one line of the terminal; nothing if standard error is none.
struct ProgressBar {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private static let width = 32

    func show(_ step: DemoWorld.Step) {
        guard isTerminal else { return }
        switch step {
        case .people: write("making up people")
        case .traffic(let done):
            let full = Int(done * Double(Self.width))
            let bar = String(repeating: "#", count: full) + String(repeating: ".", count: Self.width - full)
            write("a year of traffic  [\(bar)] \(Int(done * 100)) of 100")
        case .counting: write("counting")
        }
    }

    /// Leaves the line empty.
    func clear() { if isTerminal { write("") } }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data("\r\u{1B}[2K\(text)".utf8))
    }
}
