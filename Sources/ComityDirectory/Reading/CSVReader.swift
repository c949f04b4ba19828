/// Reads comma-separated values as RFC 4180 writes them, from bytes, one row at a time.
///
/// Fields may stand in double quotes and then hold commas, line breaks and doubled quotes. Lines end with LF or
/// CRLF. A byte order mark is passed over. Empty lines and lines that begin with `#` are passed over too (the
/// latter is ours: made-up data says so in the file itself).
struct CSVReader {
    /// One field of the present row.
    struct Field {
        /// Where it stands in the bytes, without the surrounding quotes.
        var range: Range<Int>
        /// Whether it holds doubled quotes.
        var holdsQuotes: Bool
    }

    let file: String
    let bytes: [UInt8]
    /// The fields of the present row.
    private(set) var fields: [Field] = []
    /// The line on which the present row begins.
    private(set) var line = 0
    private var position = 0
    private var nextLine = 1

    init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Moves to the next row; `false` at the end.
    mutating func next() throws(DirectoryError) -> Bool {
        skipEmptyLinesAndRemarks()
        guard position < bytes.count else { return false }
        line = nextLine
        fields.removeAll(keepingCapacity: true)
        while true {
            if bytes[position] == UInt8(ascii: "\"") { try quoted() } else { try plain() }
            guard position < bytes.count else { return true }
            if bytes[position] == UInt8(ascii: ",") {
                position += 1
                guard position < bytes.count else {
                    fields.append(Field(range: position..<position, holdsQuotes: false))
                    return true
                }
            } else {
                endLine()
                return true
            }
        }
    }

    /// The text of a field; throws if it is not UTF-8 or holds a control character.
    func text(_ index: Int) throws(DirectoryError) -> String {
        let field = fields[index]
        if field.holdsQuotes { return try text(of: Self.unescaped(bytes[field.range])[...]) }
        return try text(of: bytes[field.range])
    }

    private func text(of slice: ArraySlice<UInt8>) throws(DirectoryError) -> String {
        // Over raw bytes, and ASCII without the slower check: this is called for every name of the country.
        let read = slice.withUnsafeBufferPointer { bytes -> (isPlain: Bool, text: String?) in
            var all: UInt8 = 0
            for byte in bytes {
                if byte < 0x20 || byte == 0x7F { return (false, nil) }
                all |= byte
            }
            if all < 0x80 { return (true, String(decoding: bytes, as: UTF8.self)) }
            return (true, String(validating: bytes, as: UTF8.self))
        }
        guard read.isPlain else { throw error("a field holds a control character", "take it out") }
        guard let text = read.text else { throw error("a field is not UTF-8 text", "save the file as UTF-8") }
        return text
    }

    func error(_ why: String, _ next: String) -> DirectoryError {
        DirectoryError(file: file, line: max(line, 1), why: why, next: next)
    }

    private static func unescaped(_ slice: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var index = slice.startIndex
        while index < slice.endIndex {
            result.append(slice[index])
            index += slice[index] == UInt8(ascii: "\"") ? 2 : 1
        }
        return result
    }

    private mutating func plain() throws(DirectoryError) {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                fields.append(Field(range: start..<position, holdsQuotes: false))
                return
            case UInt8(ascii: "\""):
                throw error(
                    "a quote stands inside a field that does not begin with one",
                    "put the whole field in quotes and double the quotes inside")
            default:
                position += 1
            }
        }
        fields.append(Field(range: start..<position, holdsQuotes: false))
    }

    private mutating func quoted() throws(DirectoryError) {
        position += 1
        let start = position
        var holdsQuotes = false
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\"")
            where position + 1 < bytes.count && bytes[position + 1] == bytes[position]:
                holdsQuotes = true
                position += 2
            case UInt8(ascii: "\""):
                fields.append(Field(range: start..<position, holdsQuotes: holdsQuotes))
                position += 1
                guard position < bytes.count else { return }
                switch bytes[position] {
                case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return
                default:
                    throw error(
                        "text follows the closing quote of a field",
                        "put a comma after the quote or double it")
                }
            case UInt8(ascii: "\n"):
                nextLine += 1
                position += 1
            default:
                position += 1
            }
        }
        throw error("a quoted field has no closing quote", "close it on the line where it ends")
    }

    private mutating func endLine() {
        if bytes[position] == UInt8(ascii: "\r") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
        nextLine += 1
    }

    private mutating func skipEmptyLinesAndRemarks() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                endLine()
            case UInt8(ascii: "#"):
                while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
            default:
                return
            }
        }
    }
}
