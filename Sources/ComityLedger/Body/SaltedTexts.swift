/// Two texts under a salt: the form of `ReviewBody` and of `ResendBody`, canonical CBOR, an array of version, salt and the texts.
struct SaltedTexts {
    let salt: Salt
    let first: String
    let second: String

    /// The version of the format that is written.
    private static let formatVersion: UInt64 = 1

    init(salt: Salt, _ first: String, _ second: String) {
        self.salt = salt
        self.first = first
        self.second = second
    }

    func encode() -> [UInt8] {
        var cbor = CBORWriter(reserving: first.utf8.count + second.utf8.count + 60)
        cbor.array(4)
        cbor.unsigned(Self.formatVersion)
        cbor.byteString(salt.bytes)
        cbor.text(first)
        cbor.text(second)
        return cbor.bytes
    }

    /// Reads what `encode` wrote, in that form only. Never traps.
    init(decoding bytes: [UInt8]) throws(CBORError) {
        var cbor = try CBORReader(bytes)
        guard try cbor.array() == 4, try cbor.unsigned() == Self.formatVersion,
            let salt = Salt(try cbor.byteString())
        else { throw CBORError(.wrongType, at: 0) }
        self.salt = salt
        first = try cbor.text()
        second = try cbor.text()
        try cbor.end()
    }
}
