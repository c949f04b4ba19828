/// A signature that says when, as C2SP tlog-cosignature has it: what a witness adds to a seal, and how a switch dates
/// its own.
public enum Cosignature {
    /// The bytes that are signed.
    static func message(time: UInt64, text: String) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
    }

    /// The time, in seconds since 1970, at which a key says that it saw the checkpoint as the newest; `nil` if it did
    /// not sign it.
    ///
    /// - Throws: `wrong-signature`.
    public static func time(of note: SignedNote, by key: VerifierKey) throws(NoteError) -> UInt64? {
        guard key.purpose == .cosignature else { return nil }
        var latest: UInt64?
        for signature in note.signatures where signature.name == key.name && signature.id == key.id {
            guard signature.bytes.count == 8 + 64 else { throw .wrongSignature }
            let time = signature.bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard time <= UInt64(Int64.max),
                key.isSignature(Array(signature.bytes[8...]), over: message(time: time, text: note.text))
            else { throw .wrongSignature }
            latest = max(latest ?? 0, time)
        }
        return latest
    }
}
