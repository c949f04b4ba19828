package import ComityLedger

/// Random bytes that the driver fetched beforehand: the machine draws none itself, so that a simulation with a
/// seed repeats to the byte.
package struct FreshBytes: Sendable {
    private var pool: [UInt8] = []
    private var next = 0
    private let refill: @Sendable () -> [UInt8]

    /// - Parameter refill: gives at least 64 fresh bytes at each call.
    package init(refill: @escaping @Sendable () -> [UInt8]) { self.refill = refill }

    /// The next bytes, used once.
    package mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        if pool.count - next < count {
            pool = Array(pool[next...])
            next = 0
            while pool.count < count { pool += refill() }
        }
        defer { next += count }
        return pool[next..<next + count]
    }

    package mutating func word() -> UInt64 { take(8).reduce(0) { $0 << 8 | UInt64($1) } }

    package mutating func transaction() -> TransactionID { TransactionID(high: word(), low: word()) }

    package mutating func message() -> MessageID { MessageID(high: word(), low: word()) }

    package mutating func salt() -> Salt { Salt(take(Salt.byteCount))! }

    package mutating func nonce() -> SealNonce { SealNonce(take(SealNonce.byteCount))! }
}
