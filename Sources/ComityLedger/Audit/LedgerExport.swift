/// A ledger as text that anybody can check: newline-delimited JSON, first a header, then one line for each entry.
///
/// The format is described in `docs/ledger-format.md`; `Examples/verifier/verify.py` checks it without our code.
/// Everything in it is hexadecimal, digits or a ledger's name, so nothing needs escaping.
public enum LedgerExport {
    /// The first line, without a line feed.
    public static func header(ledger: LedgerName, size: UInt64, root: LedgerHash) -> String {
        "{\"ledger\":\"\(ledger)\",\"root\":\"\(root)\",\"size\":\(size)}"
    }

    /// The line of one entry, without a line feed.
    ///
    /// - Parameter envelope: whether the entry's envelope is there; `nil` for an entry of a type that has none, or if it is
    ///   not known.
    public static func line(position: UInt64, entry: [UInt8], envelope: Bool? = nil) -> String {
        let there = envelope.map { "\"envelope\":\($0)," } ?? ""
        return "{\"entry\":\"\(Hex.text(entry))\",\(there)\"position\":\(position)}"
    }
}
