/// The bytes after `TXT`, and the three ways to read them.
struct LegacyBody {
    private let bytes: [UInt8]
    private let start: Int
    private let end: Int

    init(_ bytes: [UInt8], from start: Int) {
        self.bytes = bytes
        var first = min(start, bytes.count)
        while first < bytes.count, bytes[first].isControl { first += 1 }
        var last = bytes.count
        while last > first, bytes[last - 1].isControl { last -= 1 }
        self.start = first
        self.end = last
    }

    // MARK: Dotted

    /// `PREFIX/value.PREFIX/value`, with control characters ignored wherever they stand.
    func dotted() throws(MessageError) -> [Element] {
        guard bytes[start..<end].contains(where: \.isControl) else {
            return try Self.dotted(bytes, from: start, to: end)
        }
        let kept = (start..<end).filter { !bytes[$0].isControl }
        do throws(MessageError) {
            return try Self.dotted(kept.map { bytes[$0] }, from: 0, to: kept.count)
        } catch {
            var error = error
            error.offset = error.offset < kept.count ? kept[error.offset] : end
            throw error
        }
    }

    static func dotted(_ bytes: [UInt8], from start: Int, to end: Int) throws(MessageError) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(4)
        var at = start
        while true {
            while at < end, bytes[at] == .space { at += 1 }
            guard at < end else { return elements }
            guard let valueStart = afterPrefix(bytes, at: at, end: end) else {
                throw MessageError(
                    code: "element-malformed", number: 0,
                    why: "an element begins with two to ten capital letters and a slash", offset: at)
            }
            let prefix = String(decoding: bytes[at..<(valueStart - 1)], as: UTF8.self)
            at = valueStart
            while at < end, bytes[at] != .period {
                guard bytes[at] < 0x80 else {
                    throw MessageError(
                        code: "element-character", number: 0,
                        why: "an element holds printable ASCII characters only", offset: at, field: prefix)
                }
                at += 1
            }
            guard let value = trimmed(bytes, valueStart, at) else {
                throw MessageError(
                    code: "element-empty", number: 0,
                    why: "an element without a value must be left out, with its prefix", offset: valueStart,
                    field: prefix)
            }
            elements.append(Element(prefix: prefix, value: String(decoding: bytes[value], as: UTF8.self)))
            at += 1
        }
    }

    // MARK: Text

    /// The body as free text: line feeds between lines, no blank lines at either end, no spaces at line ends.
    func text() throws(MessageError) -> String {
        let clean = Self.cleaned(bytes, from: start, to: end)
        guard let text = Self.string(clean) else { throw notText() }
        return text
    }

    /// Lines parted by line feeds; a tab becomes a space; other control characters and trailing blanks go.
    static func cleaned(_ bytes: [UInt8], from start: Int, to end: Int) -> [UInt8] {
        var clean: [UInt8] = []
        clean.reserveCapacity(end - start)
        for at in start..<end {
            let byte = bytes[at]
            switch byte {
            case .carriageReturn where at + 1 < end && bytes[at + 1] == .lineFeed: break
            case .carriageReturn, .lineFeed:
                while clean.last == .space { clean.removeLast() }
                if !clean.isEmpty { clean.append(.lineFeed) }
            case 0x09: clean.append(.space)
            case _ where byte.isControl: break
            default: clean.append(byte)
            }
        }
        while clean.last == .space || clean.last == .lineFeed { clean.removeLast() }
        return clean
    }

    private static func string(_ clean: [UInt8]) -> String? {
        guard clean.contains(where: { $0 >= 0x80 }) else { return String(decoding: clean, as: UTF8.self) }
        return String(validating: clean, as: UTF8.self)
    }

    private func notText() -> MessageError {
        var at = start
        var rest = bytes[start..<end].makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while case .valid(let scalar) = parser.parseScalar(from: &rest) { at += scalar.count }
        return MessageError(
            code: "text-encoding", number: 0, why: "free text must be ASCII or well-formed UTF-8",
            offset: min(at, end), field: "text")
    }

    /// Dotted elements, or else free text. Both readings start from the clean lines, because the text will be
    /// written as those, and must then still not read as elements.
    func dottedOrText() throws(MessageError) -> (text: String, elements: [Element]) {
        let clean = Self.cleaned(bytes, from: start, to: end)
        if let elements = Self.dottedLines(clean) { return ("", elements) }
        guard let text = Self.string(clean) else { throw notText() }
        return (text, [])
    }

    /// The elements of clean lines, if they are made of nothing else.
    static func dottedLines(_ clean: [UInt8]) -> [Element]? {
        let joined = clean.filter { $0 != .lineFeed }
        return try? dotted(joined, from: 0, to: joined.count)
    }

    // MARK: Lines

    /// Free text followed by lines of elements; all of it is text if it has no such form.
    func lines() throws(MessageError) -> (text: String, elements: [Element]) {
        let clean = Self.cleaned(bytes, from: start, to: end)
        guard !clean.contains(where: { $0 >= 0x80 }) || String(validating: clean, as: UTF8.self) != nil else {
            throw notText()
        }
        return Self.lines(clean)
    }

    static func lines(_ clean: [UInt8]) -> (text: String, elements: [Element]) {
        var elements: [Element] = []
        var textEnd = 0
        var at = 0
        while at < clean.count {
            let lineEnd = clean[at...].firstIndex(of: .lineFeed) ?? clean.count
            if LegacyLine.append(clean, at, lineEnd, to: &elements) {
                // Elements from here on.
            } else if clean[at..<lineEnd].allSatisfy({ $0 == .space }) {
                // A blank line belongs to whatever stands around it.
            } else if elements.isEmpty {
                textEnd = lineEnd
            } else {
                return (String(decoding: clean, as: UTF8.self), [])
            }
            at = lineEnd + 1
        }
        return (String(decoding: clean[0..<textEnd], as: UTF8.self), elements)
    }
}

/// The range without spaces at either end; `nil` if nothing is left.
func trimmed(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Range<Int>? {
    var first = start
    var last = end
    while first < last, bytes[first] == .space { first += 1 }
    while last > first, bytes[last - 1] == .space { last -= 1 }
    return first < last ? first..<last : nil
}
