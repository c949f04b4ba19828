/// Goes over a question or a closing and checks that it is one, keeping nothing but what an outline holds.
///
/// It believes nothing that reading the whole entry would not: whatever is not plainly well formed (and everything rare:
/// other types, other ledgers, text beyond ASCII) is left to `LedgerEntry.init(decoding:)`, whose word counts. A test holds
/// the two against each other. Reading a whole entry makes some forty values; this makes none.
struct EntrySkim {
    /// Valid while the outline is made. Every read is preceded by a look whether so much is left.
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    private var field: UInt64 = 0
    private var isGood = true

    /// The outline of an entry; `nil` if it is not plainly a good question or closing of the ledger.
    static func outline(of encoded: [UInt8], in ledger: LedgerMark) -> EntryOutline? {
        guard encoded.count <= LedgerEntry.maximumLength,
            let (time, content) = encoded.withUnsafeBytes({ parts(of: $0, in: ledger) })
        else { return nil }
        return EntryOutline(leaf: Merkle.leafHash(encoded), time: time, content: content)
    }

    private static func parts(
        of bytes: UnsafeRawBufferPointer, in ledger: LedgerMark
    ) -> (time: UInt64, content: EntryOutline.Content)? {
        var skim = EntrySkim(bytes: bytes)
        let count = skim.head(5)
        let (version, type) = (skim.number(), skim.number())
        guard skim.isGood, version == LedgerEntry.formatVersion, skim.ledger(ledger.bytes) else { return nil }
        let time = skim.number()
        let content: EntryOutline.Content
        switch (type, count) {
        case (QuestionEntry.type, UInt64(QuestionEntry.fieldCount)): content = skim.question()
        case (ClosingEntry.type, UInt64(ClosingEntry.fieldCount)): content = skim.closing()
        default: return nil
        }
        return skim.isGood && skim.offset == bytes.count ? (time, content) : nil
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    // MARK: The two types, field by field, as `QuestionEntry` and `ClosingEntry` read them

    private mutating func question() -> EntryOutline.Content {
        let transaction = name()
        _ = name()
        text()
        text()
        facts()
        versions()
        flag()
        let gate = QuestionEntry.Gate(rawValue: UInt8(truncatingIfNeeded: number(below: 3)))
        let groups = number(below: 1 << 16)
        _ = number(below: 1 << 16)
        texts()
        texts()
        texts()
        hash()
        return .question(
            EntryOutline.Question(
                transaction: transaction, gate: gate ?? .refused, groups: UInt16(truncatingIfNeeded: groups)))
    }

    private mutating func closing() -> EntryOutline.Content {
        let transaction = name()
        let question = number()
        // A question in another ledger is rare.
        key()
        if !skipNull() { fail() }
        let endings = UInt64(ClosingEntry.Ending.allCases.count)
        let ending = ClosingEntry.Ending(rawValue: UInt8(truncatingIfNeeded: number(below: endings)))
        let records = number()
        let (given, withheld) = (number(below: 1 << 16), number(below: 1 << 16))
        texts()
        facts()
        versions()
        optionalHash()
        return .closing(
            EntryOutline.Closing(
                transaction: transaction, question: question, isElsewhere: false, isCarriedOver: false,
                ending: ending ?? .noAnswer, records: records, given: UInt16(truncatingIfNeeded: given),
                withheld: UInt16(truncatingIfNeeded: withheld)))
    }

    private mutating func versions() {
        hash()
        hash()
        hash()
        optionalHash()
    }

    // MARK: Fields

    @inline(__always)
    private mutating func key() {
        if head(0) != field { fail() }
        field += 1
    }

    private mutating func number() -> UInt64 {
        key()
        return head(0)
    }

    private mutating func number(below limit: UInt64) -> UInt64 {
        let value = number()
        if value >= limit { fail() }
        return value
    }

    private mutating func flag() {
        key()
        let byte = next()
        if byte != 0xF4, byte != 0xF5 { fail() }
    }

    private mutating func text() {
        key()
        plainText()
    }

    private mutating func ledger(_ name: [UInt8]) -> Bool {
        key()
        guard head(3) == UInt64(name.count), isGood, bytes.count - offset >= name.count else { return false }
        var differences: UInt8 = 0
        for place in 0..<name.count { differences |= bytes[offset + place] ^ name[place] }
        offset += name.count
        return differences == 0
    }

    private mutating func name() -> TransactionID {
        key()
        guard head(2) == 16, bytes.count - offset >= 16 else {
            fail()
            return TransactionID(high: 0, low: 0)
        }
        defer { offset += 16 }
        return TransactionID(
            high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
    }

    private mutating func hash() {
        key()
        plainHash()
    }

    private mutating func optionalHash() {
        key()
        if !skipNull() { plainHash() }
    }

    private mutating func texts() {
        key()
        plainTexts()
    }

    private mutating func facts() {
        key()
        for _ in 0..<count(head(4)) {
            guard isGood, offset < bytes.count else { return fail() }
            switch bytes[offset] >> 5 {
            case 0: _ = head(0)
            case 3: plainText()
            case 4: plainTexts()
            default: if next() != 0xF6 { fail() }
            }
        }
    }

    // MARK: Items

    private mutating func skipNull() -> Bool {
        guard offset < bytes.count, bytes[offset] == 0xF6 else { return false }
        offset += 1
        return true
    }

    private mutating func plainHash() {
        if head(2) != UInt64(LedgerHash.byteCount) { fail() }
        guard bytes.count - offset >= LedgerHash.byteCount else { return fail() }
        offset += LedgerHash.byteCount
    }

    private mutating func plainTexts() {
        for _ in 0..<count(head(4)) {
            guard isGood else { return }
            plainText()
        }
    }

    private mutating func plainText() {
        let length = head(3)
        guard length <= UInt64(bytes.count - offset) else { return fail() }
        let end = offset + Int(length)
        var all: UInt8 = 0
        while offset < end {
            all |= bytes[offset]
            offset += 1
        }
        if all >= 0x80 { fail() }
    }

    private mutating func count(_ value: UInt64) -> Int {
        if value <= UInt64(bytes.count - offset) { return Int(value) }
        fail()
        return 0
    }

    @inline(__always)
    private mutating func next() -> UInt8 {
        guard offset < bytes.count else {
            fail()
            return 0
        }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// The number or length of an item of one major type, in its shortest form.
    @inline(__always)
    private mutating func head(_ major: UInt8) -> UInt64 {
        let first = next()
        if first >> 5 != major { fail() }
        let information = first & 31
        return information < 24 ? UInt64(information) : longHead(information)
    }

    private mutating func longHead(_ information: UInt8) -> UInt64 {
        let width = information < 28 ? 1 << Int(information - 24) : .max
        guard width <= bytes.count - offset else {
            fail()
            return 0
        }
        let end = offset + width
        var value: UInt64 = 0
        while offset < end {
            value = value << 8 | UInt64(bytes[offset])
            offset += 1
        }
        let least: UInt64 = width == 1 ? 24 : 1 << UInt64(width * 4)
        if value < least { fail() }
        return value
    }

    /// Nothing that is read after this counts.
    private mutating func fail() {
        isGood = false
        offset = bytes.count
    }
}
