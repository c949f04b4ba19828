extension LegacyReader {
    func peek() -> UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skipControls() {
        while at < bytes.count, bytes[at].isControl { at += 1 }
    }

    mutating func skipBlanks() {
        while at < bytes.count, bytes[at].isControl || bytes[at] == .space { at += 1 }
    }

    /// Where the run of code characters that begins here ends, looking at no more than `limit` of them.
    func codeEnd(limit: Int) -> Int {
        var end = at
        while end < bytes.count, end - at < limit, bytes[end].isCode { end += 1 }
        return end
    }

    func address(_ range: Range<Int>) -> Address? {
        switch range.count {
        case MemberCode.length: MemberCode(bytes[range]).map(Address.member)
        case ORI.length: ORI(bytes[range]).map(Address.agency)
        default: nil
        }
    }

    /// Whether `TXT` stands at a position.
    func hasMarker(at start: Int) -> Bool {
        start + 3 <= bytes.count && bytes[start] == UInt8(ascii: "T") && bytes[start + 1] == UInt8(ascii: "X")
            && bytes[start + 2] == UInt8(ascii: "T")
    }

    /// Whether `TXT` stands anywhere from here on.
    func markerFollows() -> Bool { (at..<max(at, bytes.count)).contains { hasMarker(at: $0) } }

    func markerMissing() -> MessageError {
        failure("text-marker-missing", 3, "`TXT` must stand between header and body", field: "TXT")
    }

    func failure(_ code: String, _ number: Int, _ why: String, field: String) -> MessageError {
        MessageError(code: code, number: number, why: why, offset: min(at, bytes.count), field: field)
    }

    /// `hh:mm mm/dd/yyyy nnnnn`; a year of two digits is read as of this century.
    mutating func clockLine(field: String) throws(MessageError) -> ClockLine {
        skipBlanks()
        let start = at
        guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60 else {
            throw clockFailure(field)
        }
        skipBlanks()
        guard let month = number(2), (1...12).contains(month), take("/"), let day = number(2),
            (1...31).contains(day), take("/")
        else { throw clockFailure(field) }
        let yearStart = at
        while at - yearStart < 4, peek()?.isDigit == true { at += 1 }
        guard [2, 4].contains(at - yearStart) else { throw clockFailure(field) }
        let year = (at - yearStart == 2 ? "20" : "") + String(decoding: bytes[yearStart..<at], as: UTF8.self)
        skipBlanks()
        let countStart = at
        var count = 0
        while at - countStart < 5, let digit = peek(), digit.isDigit {
            count = count * 10 + Int(digit - UInt8(ascii: "0"))
            at += 1
        }
        guard at > countStart, peek().map({ $0.isControl || $0 == .space }) ?? true else {
            throw clockFailure(field)
        }
        let monthAndDay = String(decoding: bytes[(yearStart - 6)..<yearStart], as: UTF8.self)
        return ClockLine(
            time: String(decoding: bytes[start..<(start + 5)], as: UTF8.self), date: monthAndDay + year,
            count: count)
    }

    private func clockFailure(_ field: String) -> MessageError {
        failure("header-clock", 1, "a clock line reads `hh:mm mm/dd/yyyy nnnnn`", field: field)
    }

    private mutating func number(_ digits: Int) -> Int? {
        guard at + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[at..<(at + digits)] {
            guard byte.isDigit else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        at += digits
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }
}
