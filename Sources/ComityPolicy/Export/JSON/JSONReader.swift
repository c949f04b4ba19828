/// Reads JSON strictly: no key twice, whole numbers only, nothing behind the value, not too deep.
struct JSONReader {
    struct Failure: Error, Hashable {
        var line: Int
        var why: String
    }

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    /// How deep values may nest: each level of a policy's conditions takes two.
    static let nesting = 160

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func read(_ bytes: [UInt8]) throws(Failure) -> JSONText {
        var reader = JSONReader(bytes)
        let value = try reader.value()
        reader.skipSpace()
        if reader.position < bytes.count { throw reader.failure("something stands behind the end") }
        return value
    }

    private func failure(_ why: String) -> Failure {
        Failure(line: bytes[..<min(position, bytes.count)].count { $0 == 0x0A } + 1, why: why)
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value() throws(Failure) -> JSONText {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.nesting else { throw failure("values nest deeper than \(Self.nesting) levels") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "t"): return .bool(try word("true", true))
        case UInt8(ascii: "f"): return .bool(try word("false", false))
        case .some(let byte) where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte):
            return .number(try number())
        default: throw failure("a value is expected here")
        }
    }

    private mutating func word(_ word: String, _ value: Bool) throws(Failure) -> Bool {
        let letters = Array(word.utf8)
        guard bytes[position...].starts(with: letters) else { throw failure("a value is expected here") }
        position += letters.count
        return value
    }

    private mutating func number() throws(Failure) -> Int {
        let start = position
        _ = take(UInt8(ascii: "-"))
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let number = Int(text), String(number) == text, next != UInt8(ascii: "."),
            next != UInt8(ascii: "e"), next != UInt8(ascii: "E")
        else { throw failure("`\(text)` is not a whole number as JSON writes it") }
        return number
    }

    private mutating func array() throws(Failure) -> JSONText {
        position += 1
        var values: [JSONText] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            values.append(try value())
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(values) }
            guard take(UInt8(ascii: ",")) else { throw failure("`,` or `]` is expected here") }
        }
    }

    private mutating func object() throws(Failure) -> JSONText {
        position += 1
        var values: [String: JSONText] = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([:]) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw failure("a key in quotes is expected here") }
            let key = try text()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("`:` is expected here") }
            let value = try value()
            guard values.updateValue(value, forKey: key) == nil else {
                throw failure("the key `\(key)` comes twice")
            }
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(values) }
            guard take(UInt8(ascii: ",")) else { throw failure("`,` or `}` is expected here") }
        }
    }

    private mutating func text() throws(Failure) -> String {
        position += 1
        var units: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else {
                    throw failure("the text that ends here is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): units += try escaped()
            case 0..<0x20: throw failure("a control character stands in a text")
            default: units.append(byte)
            }
        }
        throw failure("a text has no end")
    }

    private mutating func escaped() throws(Failure) -> [UInt8] {
        guard let byte = next else { throw failure("a text has no end") }
        position += 1
        switch byte {
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"):
            let first = try hex()
            var scalar = first
            if (0xD800..<0xDC00).contains(first) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                    throw failure("half a character stands in a text")
                }
                let second = try hex()
                guard (0xDC00..<0xE000).contains(second) else {
                    throw failure("half a character stands in a text")
                }
                scalar = 0x10000 + (first - 0xD800) * 0x400 + (second - 0xDC00)
            }
            guard let one = Unicode.Scalar(scalar) else {
                throw failure("half a character stands in a text")
            }
            return Array(String(Character(one)).utf8)
        default: throw failure("`\\` has no meaning before what follows it")
        }
    }

    private mutating func hex() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80
            else { throw failure("four hexadecimal digits are expected here") }
            position += 1
            value = value * 16 + UInt32(digit)
        }
        return value
    }
}
