package import ComityExchange
import Glibc

/// Random bytes from the kernel, fetched in pages: a call for every few bytes would cost more than the bytes.
package enum SecureBytes {
    static let pageSize = 4096

    package static func fresh() -> FreshBytes { FreshBytes { page() } }

    static func page() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: pageSize) { buffer, count in
            arc4random_buf(buffer.baseAddress!, pageSize)
            count = pageSize
        }
    }

    /// A new secret.
    package static func key(_ count: Int = 32) -> [UInt8] { Array(page().prefix(count)) }
}
