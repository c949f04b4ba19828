import Crypto
import FoundationEssentials

/// The sealed body of a question: AES-256-GCM under a random key of its own, and that key wrapped under the epoch keys of
/// those who may open it.
///
/// Format 2: 0x02 · number of wraps (1 byte) · for each: id of the epoch key (8 bytes, big-endian) · the record key, wrapped
/// (RFC 3394, 40 bytes) · then ciphertext · tag (16). The nonce is twelve zero bytes, because a record key seals one body
/// and is never used again. Associated data: the place of the body, so that it opens nowhere else.
public enum Envelope {
    static let format: UInt8 = 2
    private static let wrapLength = 8 + 40
    private static let tagLength = 16

    /// Seals a body.
    ///
    /// - Parameters:
    ///   - recordKey: 32 fresh random bytes, used for this body only.
    ///   - epochs: the keys under which the record key is wrapped; one to three.
    /// - Throws: `SealError.notSealed`.
    public static func seal(
        _ body: [UInt8], at place: BodyPlace, recordKey: some Collection<UInt8>, under epochs: [EpochKey]
    ) throws(SealError) -> [UInt8] {
        guard recordKey.count == 32, (1...3).contains(epochs.count) else { throw .notSealed }
        let key = SymmetricKey(data: Array(recordKey))
        var sealed: [UInt8] = []
        sealed.reserveCapacity(2 + epochs.count * wrapLength + body.count + tagLength)
        sealed.append(format)
        sealed.append(UInt8(epochs.count))
        do {
            for epoch in epochs {
                withUnsafeBytes(of: epoch.id.bigEndian) { sealed.append(contentsOf: $0) }
                sealed.append(contentsOf: try AES.KeyWrap.wrap(key, using: epoch.key))
            }
            let box = try AES.GCM.seal(body, using: key, nonce: zeroNonce(), authenticating: place.bytes)
            sealed.append(contentsOf: box.ciphertext)
            sealed.append(contentsOf: box.tag)
        } catch {
            throw .notSealed
        }
        return sealed
    }

    /// Opens a body.
    ///
    /// - Parameter epochs: the epoch keys at hand, by their ids.
    /// - Throws: `unknownFormat`; `otherKey` if none of the keys is one that it was sealed under; `damaged` if one bit was
    ///   changed or the place is another one.
    public static func open(
        _ sealed: [UInt8], at place: BodyPlace, with epochs: (UInt64) -> EpochKey?
    ) throws(SealError) -> [UInt8] {
        let wraps = try wraps(of: sealed)
        var found: (key: EpochKey, wrapped: ArraySlice<UInt8>)?
        for wrap in wraps where found == nil {
            if let key = epochs(wrap.epoch) { found = (key, wrap.key) }
        }
        guard let (epoch, wrapped) = found else { throw .otherKey }
        let start = 2 + wraps.count * wrapLength
        do {
            let key = try AES.KeyWrap.unwrap(Array(wrapped), using: epoch.key)
            let box = try AES.GCM.SealedBox(
                nonce: zeroNonce(), ciphertext: sealed[start..<sealed.count - tagLength],
                tag: sealed[(sealed.count - tagLength)...])
            return Array(try AES.GCM.open(box, using: key, authenticating: place.bytes))
        } catch {
            throw .damaged
        }
    }

    /// The ids of the epoch keys that a body was sealed under.
    public static func epochs(of sealed: [UInt8]) throws(SealError) -> [UInt64] {
        try wraps(of: sealed).map(\.epoch)
    }

    private static func wraps(
        of sealed: [UInt8]
    ) throws(SealError) -> [(epoch: UInt64, key: ArraySlice<UInt8>)] {
        guard sealed.count >= 2, sealed[0] == format, (1...3).contains(sealed[1]),
            sealed.count >= 2 + Int(sealed[1]) * wrapLength + tagLength
        else { throw .unknownFormat }
        return (0..<Int(sealed[1])).map { index in
            let start = 2 + index * wrapLength
            return (
                sealed[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) },
                sealed[start + 8..<start + wrapLength]
            )
        }
    }

    private static func zeroNonce() throws -> AES.GCM.Nonce {
        try AES.GCM.Nonce(data: [UInt8](repeating: 0, count: 12))
    }
}
