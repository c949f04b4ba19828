/// What every entry type tells the codec. An entry is a map with the keys 0, 1, 2, ... and no gaps.
///
/// Keys 0 to 3 are the same in every type: format version, type, ledger, time.
protocol EntryFields {
    /// The value of field 1.
    static var type: UInt64 { get }
    /// How many fields the map has. Every field is always there; one that has no value holds null.
    static var fieldCount: Int { get }

    var ledger: LedgerName { get }
    var time: UInt64 { get }

    /// Writes fields 4 and up.
    func write(to writer: inout FieldWriter) throws(EntryError)

    /// Reads fields 4 and up.
    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError)
}

/// Whether a text is a word: a lower-case letter, then up to 63 lower-case letters, digits and hyphens.
///
/// Reasons and roles are such words. Messages are in capitals and numbers begin with digits, so that a name, a plate
/// or a licence number put there by mistake is refused.
func isWord(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && (0x61...0x7A).contains(text.utf8.first ?? 0)
        && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
}
