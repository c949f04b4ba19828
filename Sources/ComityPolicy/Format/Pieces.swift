/// Words that stay together on a line, one after another. A line can be broken between two of them.
struct Pieces {
    private(set) var all: [String] = []
    /// The places before which no line may be broken: a line that begins with the name of a rule kind begins a
    /// rule.
    private var bound: Set<Int> = []

    init() {}

    init(_ text: String) { add(text) }

    mutating func add(_ text: String) {
        if Keywords.blocks.contains(text) { bound.insert(all.count) }
        all.append(text)
    }

    mutating func add(_ other: Pieces) {
        for piece in other.all { add(piece) }
    }

    /// Puts a mark behind the last word.
    mutating func close(with mark: String) {
        if all.isEmpty { all.append(mark) } else { all[all.count - 1] += mark }
    }

    /// Puts a mark before the word at a place.
    mutating func open(at place: Int, with mark: String) {
        if place < all.count { all[place] = mark + all[place] }
    }

    /// On one line.
    var line: String { all.joined(separator: " ") }

    /// Lines of at most so many characters, where words allow.
    ///
    /// - Parameters:
    ///   - start: what stands before the first word.
    ///   - indent: by how many characters the second line and those after it are indented.
    ///   - isPlain: whether it is no text of the language, so that any word may begin a line.
    func lines(width: Int, indent: Int, after start: String, isPlain: Bool = false) -> [String] {
        var lines: [String] = []
        var line = start
        var isEmpty = true
        for (place, piece) in all.enumerated() {
            if !isEmpty, line.count + 1 + piece.count > width, isPlain || !bound.contains(place) {
                lines.append(line)
                line = String(repeating: " ", count: indent) + piece
            } else {
                line += (isEmpty ? "" : " ") + piece
            }
            isEmpty = false
        }
        return lines + [line]
    }
}
