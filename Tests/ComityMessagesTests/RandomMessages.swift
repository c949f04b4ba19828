import ComityMessages
import ComityTestSupport

/// Random messages that the legacy text can hold, and random damage to bytes.
struct RandomMessages {
    var random: Seeded

    init(seed: UInt64) { random = Seeded(seed) }

    mutating func pick<Value>(_ values: [Value]) -> Value { values.randomElement(using: &random)! }

    mutating func text(_ alphabet: String, _ lengths: ClosedRange<Int>) -> String {
        let letters = Array(alphabet)
        return String((0..<Int.random(in: lengths, using: &random)).map { _ in pick(letters) })
    }

    private static let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    private static let digits = "0123456789"

    mutating func address() -> Address {
        let length = pick([2, 2, 2, 9])
        return Address(text(Self.capitals + Self.digits, length...length))!
    }

    mutating func clockLine() -> ClockLine {
        let moment = Timestamp(milliseconds: Int64.random(in: 0..<4_000_000_000_000, using: &random))
        return ClockLine(moment, count: Int.random(in: 0..<200_000, using: &random))
    }

    /// A value without spaces at its ends; dotted values hold no period.
    mutating func value(dotted: Bool) -> String {
        let inner = Self.capitals + Self.digits + "/-* ,'" + (dotted ? "" : ".") + "abz"
        let edge = Self.capitals + Self.digits
        return text(edge, 1...2) + text(inner, 0...20) + text(edge, 1...2)
    }

    mutating func elements(dotted: Bool) -> [Element] {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
            Element(prefix: text(Self.capitals, 2...10), value: value(dotted: dotted))
        }
    }

    mutating func lines() -> String {
        (0..<Int.random(in: 0...4, using: &random))
            .map { _ in text(Self.capitals + Self.digits + "/. ,é", 0...30) }.joined(separator: "\n")
    }

    mutating func message(stamped: Bool) -> Message {
        let key = pick(["DQ", "RQ", "KQ", "DR", "KR", "RR", "AM", "SM", "ER", "IQ", "ZZ", "YQ"])
        let isLines = ["DR", "KR", "RR"].contains(key)
        let isText = ["AM", "SM", "ER"].contains(key)
        return Message(
            key: MessageKey(key)!, origin: ORI(text(Self.capitals + Self.digits, 9...9))!,
            destinations: (0..<(stamped ? 1 : Int.random(in: 1...5, using: &random))).map { _ in address() },
            control: pick([true, false])
                ? ControlField(text(Self.capitals + Self.digits + "(&-", 1...10)) : nil,
            elements: isText ? [] : elements(dotted: !isLines), text: isText || isLines ? lines() : "",
            stamps: stamped ? Stamps(received: clockLine(), sent: clockLine()) : nil)
    }

    /// One to four bytes changed, cut out, doubled or put in.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            let byte = pick([0, 9, 10, 13, 32, 42, 46, 47, 65, 84, 88, 127, 128, 195, 255] as [UInt8])
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[at] = byte
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(byte, at: at)
            case 3: bytes.removeSubrange(at...)
            default: bytes.insert(contentsOf: bytes[at...].prefix(12), at: at)
            }
        }
        return bytes
    }
}
