import Crypto
import Dispatch
import Glibc

/// What this machine does with the parts that a ledger is made of, measured in the same run.
package struct LedgerRates: Sendable, Codable {
    /// Bytes hashed a second by one processor, in pieces of 64 KiB.
    package var sha256BytesPerSecond: Double
    package var ed25519SignsPerSecond: Double
    package var ed25519VerifiesPerSecond: Double
    /// Appends of 4 KiB a second, each flushed by `fdatasync`.
    package var fdatasyncsPerSecond: Double

    package static func measure(folder: String) throws -> LedgerRates {
        let piece = [UInt8](repeating: 0x2E, count: 65_536)
        var sink: UInt8 = 0
        let hashes = rate(seconds: 0.5) {
            SHA256.hash(data: piece).withUnsafeBytes { sink ^= $0[0] }
        }
        let key = Curve25519.Signing.PrivateKey()
        let message = Array(piece.prefix(100))
        var signature = try key.signature(for: message)
        let signs = try rate(seconds: 0.5) { signature = try key.signature(for: message) }
        let verifies = rate(seconds: 0.5) {
            if key.publicKey.isValidSignature(signature, for: message) { sink ^= 1 }
        }
        return LedgerRates(
            sha256BytesPerSecond: (hashes * 65_536).rounded(), ed25519SignsPerSecond: signs.rounded(),
            ed25519VerifiesPerSecond: verifies.rounded(),
            fdatasyncsPerSecond: MachineRates.fdatasyncs(in: folder).rounded())
    }

    /// How often a second something can be done.
    static func rate(seconds: Double, _ work: () throws -> Void) rethrows -> Double {
        let begin = DispatchTime.now().uptimeNanoseconds
        var count = 0
        while Double(DispatchTime.now().uptimeNanoseconds - begin) < seconds * 1e9 {
            for _ in 0..<16 { try work() }
            count += 16
        }
        return Double(count) / (Double(DispatchTime.now().uptimeNanoseconds - begin) / 1e9)
    }
}
