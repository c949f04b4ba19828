package import ComityLedger
package import ComityMessages
package import ComityStore

/// Which look-ups of an owner asked by which licence number; it does not hold the numbers.
///
/// Each number stands in it as a keyed hash under a key that only the owner's secret gives, and all of it is sealed under
/// another such key: nobody else can try numbers on it, or see that two look-ups asked by the same.
package struct LicenceIndex: Sendable {
    /// One look-up that asked by one number.
    package struct Row: Hashable, Sendable {
        /// The first 16 bytes of the keyed hash.
        let tag: [UInt8]
        /// The store's number of the question.
        let question: Int64
        /// The store's number of the ledger, and the place in it.
        let ledger: Int64
        let position: UInt64

        static let length = 40
    }

    /// The keys that an owner's secret gives.
    package struct Keys: Sendable {
        private let tags: KeyedHash
        private let salts: KeyedHash
        package let sealer: SwitchKeySealer

        package init(_ secret: RecipientSecret, owner: MemberCode) {
            let root = KeyedHash(key: secret.bytes)
            func key(_ use: String) -> [UInt8] {
                root.hash(Array("comity/licence-index/v1\n\(owner)\n\(use)".utf8))
            }
            tags = KeyedHash(key: key("tag"))
            salts = KeyedHash(key: key("salt"))
            sealer = SwitchKeySealer(key: key("seal"))!
        }

        func tag(_ number: String) -> [UInt8] { Array(tags.hash(Array(number.utf8)).prefix(16)) }

        /// What the search for a number is recorded as: whoever has the owner's secret can show by which number it was
        /// searched, and nobody else can find it by trying. The day is in it, so that equal searches look equal on one
        /// day only.
        package func search(_ number: String, on day: Day) -> Commitment {
            let salt = Salt(salts.hash(Array("\(day)\n\(number)".utf8)))!
            return Commitment(.search, salt: salt, body: Array(number.utf8))
        }
    }

    package private(set) var rows: [Row] = []
    /// The last entry of the store that is in it.
    package private(set) var through: Int64 = 0

    package init() {}

    /// What a number is compared as: letters and digits, in capitals.
    package static func plain(_ number: String) -> String {
        String(
            decoding: number.uppercased().utf8.filter {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
            }, as: UTF8.self)
    }

    /// Takes in what was recorded since, and throws out what was erased.
    ///
    /// - Returns: the new rows, or `nil` if older ones went: then all of it is to be kept anew.
    package mutating func catchUp(
        _ opener: inout OwnerKeys, keys: Keys, tables: CodeTables, store: some EntrySource, step: Int = 2000
    ) throws -> [Row]? {
        let before = rows.count
        var isErased = false
        let lanes = try Self.lanes(of: opener.owner, store)
        while true {
            let page = try store.entries(after: through, limit: step)
            guard let last = page.last else { break }
            for row in page where lanes[row.ledger] != nil {
                switch try LedgerEntry(decoding: row.bytes) {
                case .erase: isErased = true
                case .question(let question):
                    guard let sealed = row.body else { continue }
                    for number in try Self.numbers(sealed, question, &opener, tables: tables, store: store) {
                        rows.append(
                            Row(
                                tag: keys.tag(number), question: row.id, ledger: row.ledger,
                                position: row.position))
                    }
                default: continue
                }
            }
            through = last.id
        }
        guard isErased else { return Array(rows[before...]) }
        let erasures = RecordedErasures(control: try store.controlEntries())
        rows.removeAll { row in lanes[row.ledger].map { erasures.cover(row.position, in: $0) } ?? true }
        return nil
    }

    /// The numbers that a look-up asked by; none if it cannot be opened with this key.
    static func numbers(
        _ sealed: [UInt8], _ question: QuestionEntry, _ opener: inout OwnerKeys, tables: CodeTables,
        store: some EntrySource
    ) throws -> Set<String> {
        guard case .body(let encoded) = try opener.open(sealed, of: question, store: store),
            let body = try? QuestionBody(decoding: encoded),
            let message = try? LegacyCodec.decode(body.raw, direction: .input, tables: tables)
        else { return [] }
        return Set(message.elements.filter { $0.prefix == "OLN" }.map { plain($0.value) }).subtracting([""])
    }

    private static func lanes(of owner: MemberCode, _ store: some EntrySource) throws -> [Int64: LedgerName] {
        var lanes: [Int64: LedgerName] = [:]
        for head in try store.heads() {
            if let name = LedgerName(head.name), name.owner == owner.description { lanes[head.ledger] = name }
        }
        return lanes
    }

    /// The questions that asked by a number.
    package func questions(_ number: String, keys: Keys) -> [Int64] {
        let tag = keys.tag(number)
        return rows.filter { $0.tag == tag }.map(\.question)
    }
}

// MARK: On disk

extension LicenceIndex {
    /// A part of the index as it is kept: rows, and how far the index reaches with them. Sealed by its number.
    package func sealed(
        _ rows: [Row], number: UInt64, keys: Keys, lane: LedgerName, nonce: SealNonce
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + rows.count * Row.length)
        func append(_ number: UInt64) {
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        append(UInt64(bitPattern: through))
        for row in rows {
            bytes += row.tag
            append(UInt64(bitPattern: row.question))
            append(UInt64(bitPattern: row.ledger))
            append(row.position)
        }
        return try keys.sealer.seal(bytes, at: Self.place(number, lane), nonce: nonce)
    }

    /// Takes in the next part.
    package mutating func add(_ sealed: [UInt8], number: UInt64, keys: Keys, lane: LedgerName) throws {
        let bytes = try keys.sealer.open(sealed, at: Self.place(number, lane))
        guard bytes.count >= 8, (bytes.count - 8) % Row.length == 0 else { throw SealError.unknownFormat }
        func word(_ place: Int) -> UInt64 { bytes[place..<place + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        through = Int64(bitPattern: word(0))
        for start in stride(from: 8, to: bytes.count, by: Row.length) {
            rows.append(
                Row(
                    tag: Array(bytes[start..<start + 16]), question: Int64(bitPattern: word(start + 16)),
                    ledger: Int64(bitPattern: word(start + 24)), position: word(start + 32)))
        }
    }

    private static func place(_ number: UInt64, _ lane: LedgerName) -> BodyPlace {
        BodyPlace(.index, ledger: lane, transaction: TransactionID(high: number, low: 0))
    }
}
