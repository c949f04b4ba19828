/// One line of an answer: elements, or free text.
enum LegacyLine {
    /// Appends the elements of a line and says `true`; appends nothing and says `false` if it is free text.
    static func append(_ bytes: [UInt8], _ start: Int, _ end: Int, to elements: inout [Element]) -> Bool {
        let before = elements.count
        var at = start
        while at < end, bytes[at] == .space { at += 1 }
        while at < end {
            guard let valueStart = afterPrefix(bytes, at: at, end: end),
                let (valueEnd, next) = value(bytes, valueStart, end),
                let range = valueRange(bytes, valueStart, valueEnd)
            else {
                elements.removeLast(elements.count - before)
                return false
            }
            elements.append(
                Element(
                    prefix: String(decoding: bytes[at..<(valueStart - 1)], as: UTF8.self),
                    value: String(decoding: bytes[range], as: UTF8.self)))
            at = next
        }
        return elements.count > before
    }

    /// The range without spaces at either end and without closing periods; `nil` if nothing is left.
    private static func valueRange(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Range<Int>? {
        var last = end
        while last > start, bytes[last - 1] == .space || bytes[last - 1] == .period { last -= 1 }
        return trimmed(bytes, start, last)
    }

    /// Where a value ends and the next element begins; `nil` if a prefix follows a mere space.
    private static func value(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (end: Int, next: Int)? {
        var at = start
        while at < end {
            guard bytes[at] == .period || bytes[at] == .space else {
                at += 1
                continue
            }
            let stop = at
            var next = at + 1
            while next < end, bytes[next] == .space { next += 1 }
            if next == end { return (stop, end) }
            if afterPrefix(bytes, at: next, end: end) != nil {
                return bytes[stop] == .period ? (stop, next) : nil
            }
            at = stop + 1
        }
        return (end, end)
    }
}
