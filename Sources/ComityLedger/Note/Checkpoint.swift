/// What a log says of itself at one size: C2SP tlog-checkpoint.
public struct Checkpoint: Hashable, Sendable {
    /// Which log. Here: the name of the ledger.
    public let origin: String
    /// How many entries.
    public let size: UInt64
    /// The root of their tree.
    public let root: LedgerHash
    /// Lines behind the first three. Ours have none, because nobody could audit them.
    public let extensions: [String]

    public init(origin: String, size: UInt64, root: LedgerHash, extensions: [String] = []) {
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// The text that is signed, with its last line feed.
    public var text: String {
        ([origin, "\(size)", Base64.text(root.bytes)] + extensions).map { $0 + "\n" }.joined()
    }

    /// Reads the text of a note. Never traps.
    public init(text: String) throws(NoteError) {
        guard text.utf8.last == 0x0A else { throw .checkpointLines }
        let lines = text.utf8.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count >= 3, lines.allSatisfy({ !$0.isEmpty }) else { throw .checkpointLines }
        origin = String(Substring(lines[0]))
        size = try Decimal.number(lines[1])
        guard let root = Base64.bytes(lines[2]).flatMap({ LedgerHash($0) }) else { throw .hash }
        self.root = root
        extensions = lines.dropFirst(3).map { String(Substring($0)) }
    }
}

/// Numbers in plain digits, in one form only.
enum Decimal {
    static func number(_ digits: some Collection<UInt8>) throws(NoteError) -> UInt64 {
        guard let first = digits.first, first != 0x30 || digits.count == 1 else { throw .number }
        var number: UInt64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { throw .number }
            let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeToo) = tens.addingReportingOverflow(UInt64(digit - 0x30))
            guard !isTooLarge, !isTooLargeToo else { throw .number }
            number = sum
        }
        return number
    }
}
