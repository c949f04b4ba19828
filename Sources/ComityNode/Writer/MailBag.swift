import ComityExchange
import ComityLedger
import ComityMessages
import ComityStore

/// The letters of one commit as they are sealed, one after the other: session (8 bytes, big-endian) · number in the
/// session (8) · length (4) · message.
enum MailBag {
    static func encode(_ letters: [Mail]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.reduce(0) { $0 + 20 + $1.bytes.count })
        for letter in letters {
            append(UInt64(bitPattern: letter.session.number), to: &bytes)
            append(letter.sequence, to: &bytes)
            append(UInt32(letter.bytes.count), to: &bytes)
            bytes.append(contentsOf: letter.bytes)
        }
        return bytes
    }

    /// `nil` if the bytes are not what `encode` writes.
    static func decode(_ bytes: [UInt8]) -> [Mail]? {
        var rest = bytes[...]
        var letters: [Mail] = []
        while !rest.isEmpty {
            guard rest.count >= 20 else { return nil }
            let session = rest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let sequence = rest.dropFirst(8).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let length = Int(rest.dropFirst(16).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
            rest = rest.dropFirst(20)
            guard rest.count >= length else { return nil }
            letters.append(
                Mail(
                    session: SessionID(Int64(bitPattern: session)), sequence: sequence,
                    bytes: Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        return letters
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

extension BodyPlace {
    /// What waits without a number is sealed to its row.
    static func queue(_ row: Int64, in operations: LedgerName) -> BodyPlace {
        BodyPlace(
            .queue, ledger: operations, transaction: TransactionID(high: UInt64(bitPattern: row), low: 0))
    }

    /// Mail is sealed to its row, so that it cannot be put back in the place of another.
    static func mail(_ row: Int64, in operations: LedgerName) -> BodyPlace {
        BodyPlace(
            .mail, ledger: operations, transaction: TransactionID(high: UInt64(bitPattern: row), low: 0))
    }
}
