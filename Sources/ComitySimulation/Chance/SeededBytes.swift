package import ComityExchange
import Synchronization

/// Bytes from a seed in the place of fresh random ones: references come out the same for the same seed. For
/// simulations only; they protect nothing.
package enum SeededBytes {
    package static func fresh(seed: UInt64) -> FreshBytes {
        let source = Source(seed: seed)
        return FreshBytes { source.page() }
    }

    private final class Source: Sendable {
        private let chance: Mutex<Chance>

        init(seed: UInt64) { chance = Mutex(Chance(seed: seed)) }

        func page() -> [UInt8] {
            chance.withLock { chance in
                (0..<512).flatMap { _ in
                    let word = chance.next()
                    return (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
                }
            }
        }
    }
}
