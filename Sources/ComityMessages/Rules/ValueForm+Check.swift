extension ValueForm {
    /// Whether a value has this form; its size is checked elsewhere.
    func accepts(_ value: String.UTF8View, form: ElementForm, tables: CodeTables) -> Bool {
        switch self {
        case .code: value.allSatisfy(\.isCode)
        case .wildCard:
            value.allSatisfy { $0.isCode || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
                && value.contains(where: \.isCode)
        case .digits: value.allSatisfy(\.isDigit)
        case .name: value.allSatisfy { isName($0) || $0 == UInt8(ascii: ",") }
        case .lastName: value.allSatisfy(isName)
        case .letterFirst: value.allSatisfy(\.isCode) && value.first?.isCapital == true
        case .base64: isBase64(value)
        case .licence: value.allSatisfy { isPrintable($0) && $0 != .slash }
        case .text: value.allSatisfy(isPrintable)
        case .word: value.allSatisfy { $0.isCapital || isLower($0) || $0 == UInt8(ascii: "-") }
        case .listed: listed(value, form.values ?? [])
        case .reason: tables.reasons.contains { $0.code.utf8.elementsEqual(value) }
        case .purpose: tables.purposes.contains { $0.code.utf8.elementsEqual(value) }
        case .birthDate: isBirthDate(value)
        case .year: isYear(value)
        case .plateYear: isYear(value) || value.elementsEqual("NX".utf8)
        case .moment: isMoment(value)
        case .agency: ORI(value) != nil
        case .address: ORI(value) != nil || MemberCode(value) != nil
        }
    }

    private func isName(_ byte: UInt8) -> Bool {
        byte.isCapital || byte == .space || byte == UInt8(ascii: "'")
    }

    private func isBase64(_ value: String.UTF8View) -> Bool {
        let padding = value.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return value.count % 4 == 0 && padding <= 2
            && value.dropLast(padding).allSatisfy {
                $0.isCapital || isLower($0) || $0.isDigit || $0 == UInt8(ascii: "+") || $0 == .slash
            }
    }

    private func isPrintable(_ byte: UInt8) -> Bool { (0x20..<0x7F).contains(byte) && byte != .period }

    private func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    /// Capitals on the wire stand for the same word in small letters.
    private func listed(_ value: String.UTF8View, _ values: [String]) -> Bool {
        let lower = value.map { $0.isCapital ? $0 | 0x20 : $0 }
        return values.contains { $0.utf8.map { $0.isCapital ? $0 | 0x20 : $0 } == lower }
    }

    private func isYear(_ value: String.UTF8View) -> Bool {
        [2, 4].contains(value.count) && value.allSatisfy(\.isDigit)
    }

    private func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    }

    /// `mmddyy` (any century; 29 February is always possible) or `ccyymmdd`.
    private func isBirthDate(_ value: String.UTF8View) -> Bool {
        guard value.allSatisfy(\.isDigit) else { return false }
        let digits = Array(value)
        switch digits.count {
        case 6: return Day(year: 2000, month: number(digits[0..<2]), day: number(digits[2..<4])) != nil
        case 8: return isDay(digits[...])
        default: return false
        }
    }

    private func isDay(_ digits: ArraySlice<UInt8>) -> Bool {
        let start = digits.startIndex
        return Day(
            year: number(digits[start..<(start + 4)]), month: number(digits[(start + 4)..<(start + 6)]),
            day: number(digits[(start + 6)..<(start + 8)])) != nil
    }

    private func isMoment(_ value: String.UTF8View) -> Bool {
        let bytes = Array(value)
        guard bytes.count == 8 || bytes.count == 13, bytes[0..<8].allSatisfy(\.isDigit), isDay(bytes[0..<8])
        else { return false }
        guard bytes.count == 13 else { return true }
        return bytes[8] == UInt8(ascii: "@") && bytes[9...].allSatisfy(\.isDigit)
            && number(bytes[9..<11]) < 24 && number(bytes[11..<13]) < 60
    }
}

extension ElementForm {
    /// What is expected, in words: `made of capital letters and digits`.
    func words(_ tables: CodeTables) -> String {
        switch form {
        case .code: "made of capital letters and digits"
        case .wildCard: "made of capital letters, digits, `*` and `?`, and not of signs alone"
        case .digits: "made of digits"
        case .name: "a name in capitals: last, comma, first, middle"
        case .lastName: "the last name alone"
        case .letterFirst: "made of capital letters and digits, a letter first"
        case .base64: "base64"
        case .licence: "printable, without period and slash"
        case .text: "printable, without period"
        case .word: "a word of letters and hyphens"
        case .listed: "one of \((values ?? []).joined(separator: ", "))"
        case .reason: "one of \(tables.reasons.map(\.code).joined(separator: ", "))"
        case .purpose: "one of \(tables.purposes.map(\.code).joined(separator: ", "))"
        case .birthDate: "a day, as `ccyymmdd` or `mmddyy`"
        case .year: "a year of two or four digits"
        case .plateYear: "a year of two or four digits, or `NX`"
        case .moment: "a time, as `ccyymmdd` or `ccyymmdd@hhmm`"
        case .agency: "an agency ID of nine characters"
        case .address: "an address of two or nine characters"
        }
    }
}
