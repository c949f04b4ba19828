import ComityService
import Foundation

/// The lines of a file, or of standard input for `-`, one after another: the file is never in memory as a whole.
struct TextLines: Sequence, IteratorProtocol {
    /// The longest line that is read, in bytes.
    static let longest = 1 << 20

    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var place = 0
    private var isAtEnd = false

    init(_ file: String) throws {
        if file == "-" {
            handle = .standardInput
        } else if let handle = FileHandle(forReadingAtPath: file) {
            self.handle = handle
        } else {
            throw ServiceError("file-unreadable", "the file `\(file)` cannot be read", next: "check its name")
        }
    }

    /// The next line without its line break; `nil` at the end. What is longer than `longest` comes in pieces.
    mutating func next() -> [UInt8]? {
        while true {
            if let end = buffer[place...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { place = end + 1 }
                return Self.line(buffer[place..<end])
            }
            if isAtEnd || buffer.count - place > Self.longest {
                guard place < buffer.count else { return nil }
                defer { place = buffer.count }
                return Self.line(buffer[place...])
            }
            buffer.removeFirst(place)
            place = 0
            let more = (try? handle.read(upToCount: 1 << 18)) ?? Data()
            isAtEnd = more.isEmpty
            buffer += more
        }
    }

    private static func line(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes)
    }
}
