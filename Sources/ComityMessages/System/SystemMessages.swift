/// The messages that a switch itself says: errors (ER) and status (SM).
///
/// Source: Nlets guide, "Error Messages" and "Status Messages".
public enum SystemMessages {
    /// The switch's own agency ID. Nobody else may send an error message.
    public static let origin = ORI("NL0000000")!

    /// How many characters of the offending message an error message repeats.
    public static let excerptLength = 100

    /// An error message about a message that was refused.
    ///
    /// It says the documented number and text, then `detail`, then the first 100 characters of the offending
    /// message, which goes back to the one who sent it.
    ///
    /// - Parameters:
    ///   - number: the documented number; one without a row in the tables is sent as 0.
    ///   - key: the key of the offending message if it could be read, for the texts that name it.
    ///   - detail: our own words; never a value of anybody else's message.
    public static func error(
        number: Int?, key: MessageKey? = nil, detail: String, offending: [UInt8], to destination: Address,
        control: ControlField? = nil, stamps: Stamps? = nil, tables: CodeTables
    ) -> Message {
        let row = number.flatMap(tables.error) ?? tables.error(0)
        let head = row.map { "\($0.code) \(named(key, in: $0.text))" } ?? "0"
        let text = [head, detail, "ORIGINAL MESSAGE", excerpt(offending)]
            .filter { !$0.isEmpty }.joined(separator: "\n")
        return Message(
            key: .er, origin: origin, destinations: [destination], control: control, text: text,
            stamps: stamps)
    }

    /// The error message for a refusal of the codec or of the rules.
    public static func error(
        _ error: MessageError, key: MessageKey? = nil, offending: [UInt8], to destination: Address,
        control: ControlField? = nil, stamps: Stamps? = nil, tables: CodeTables
    ) -> Message {
        let field = error.field.map { "\($0): " } ?? ""
        return Self.error(
            number: error.number, key: key, detail: field + error.why, offending: offending, to: destination,
            control: control, stamps: stamps, tables: tables)
    }

    /// A status message: a destination does not take, or for now cannot take, messages of a key.
    ///
    /// `nil` if the tables have no such number.
    public static func status(
        number: Int, detail: String = "", to destination: Address, control: ControlField? = nil,
        stamps: Stamps? = nil, tables: CodeTables
    ) -> Message? {
        guard let row = tables.status(number) else { return nil }
        let text = ["\(row.code) \(row.text)", detail].filter { !$0.isEmpty }.joined(separator: "\n")
        return Message(
            key: .sm, origin: origin, destinations: [destination], control: control, text: text,
            stamps: stamps)
    }

    /// The first characters, with what a line of text cannot hold left out or replaced by a question mark.
    private static func excerpt(_ bytes: [UInt8]) -> String {
        let ascii = bytes.prefix(excerptLength).map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }
        return String(decoding: LegacyBody.cleaned(ascii, from: 0, to: ascii.count), as: UTF8.self)
    }

    /// The text with the message key in the place that the documents mark with `xx`.
    private static func named(_ key: MessageKey?, in text: String) -> String {
        text.split(separator: " ").map { $0 == "xx" ? key?.description ?? "THE" : String($0) }
            .joined(separator: " ")
    }
}
