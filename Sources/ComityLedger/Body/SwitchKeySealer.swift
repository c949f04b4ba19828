import Crypto

/// AES-256-GCM under one key of the switch.
///
/// A sealed body is: format (1 byte, 1) · key name (8) · nonce (24) · ciphertext · tag (16).
///
/// **Why no nonce comes twice.** GCM breaks if a key meets the same 12-byte nonce twice, and 12 random bytes are
/// too few: at 16,000 look-ups a second their safe number under one key is used up in three days. A counter
/// would have to survive crashes and restored backups. So each sealing takes 24 random bytes: the first 12 make a key of
/// its own, HMAC-SHA256(switch key, "comity/body-key/v1\n" ‖ the 12 bytes), and the last 12 are the nonce under that
/// key. Two sealings collide only if all 24 bytes do: after 2^64 sealings with a chance of 2^-65. The sealer keeps
/// no state, so nothing can be set back.
public struct SwitchKeySealer: BodySealer {
    /// Has taken in the key and the label: making it costs more than using it.
    private let keyMaker: HMAC<SHA256>
    private let keyName: [UInt8]

    /// The first byte of a body that was sealed in this way.
    static let format: UInt8 = 1
    private static let headLength = 1 + 8 + SealNonce.byteCount
    private static let tagLength = 16

    /// `nil` unless the key has exactly 32 bytes.
    public init?(key bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        let key = SymmetricKey(data: bytes)
        var keyMaker = HMAC<SHA256>(key: key)
        keyMaker.update(data: Array("comity/body-key/v1\n".utf8))
        self.keyMaker = keyMaker
        keyName = Array(
            HMAC<SHA256>.authenticationCode(for: Array("comity/key-name/v1\n".utf8), using: key).prefix(8))
    }

    public func seal(_ body: [UInt8], at place: BodyPlace, nonce: SealNonce) throws(SealError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(
                body, using: ownKey(nonce.bytes[..<12]), nonce: AES.GCM.Nonce(data: nonce.bytes[12...]),
                authenticating: place.bytes)
            var sealed: [UInt8] = []
            sealed.reserveCapacity(Self.headLength + body.count + Self.tagLength)
            sealed.append(Self.format)
            sealed.append(contentsOf: keyName)
            sealed.append(contentsOf: nonce.bytes)
            sealed.append(contentsOf: box.ciphertext)
            sealed.append(contentsOf: box.tag)
            return sealed
        } catch {
            throw .notSealed
        }
    }

    public func open(_ sealed: [UInt8], at place: BodyPlace) throws(SealError) -> [UInt8] {
        guard sealed.first == Self.format, sealed.count >= Self.headLength + Self.tagLength else {
            throw .unknownFormat
        }
        guard sealed[1..<9].elementsEqual(keyName) else { throw .otherKey }
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: sealed[21..<Self.headLength]),
                ciphertext: sealed[Self.headLength..<sealed.count - Self.tagLength],
                tag: sealed[(sealed.count - Self.tagLength)...])
            return Array(try AES.GCM.open(box, using: ownKey(sealed[9..<21]), authenticating: place.bytes))
        } catch {
            throw .damaged
        }
    }

    private func ownKey(_ start: ArraySlice<UInt8>) -> SymmetricKey {
        var maker = keyMaker
        maker.update(data: start)
        return maker.finalize().withUnsafeBytes { SymmetricKey(data: $0) }
    }
}

extension BodyPlace {
    /// The associated data. No part can run into the next: names hold no line feed, and the last part has a fixed
    /// length.
    var bytes: [UInt8] {
        var bytes = Array("\(kind.rawValue)\n\(ledger)\n".utf8)
        bytes.append(contentsOf: transaction.bytes)
        return bytes
    }
}
