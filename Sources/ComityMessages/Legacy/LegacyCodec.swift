/// Which way a legacy message travels; its header differs.
public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// From a member to the network: `DQ.ORI.DEST.*CONTROL.TXT`.
    case input
    /// From the network to a member: key and origin, two clock lines, control field, `TXT`, each on its line.
    case output
}

/// The legacy dotted text: bytes to a message and back.
///
/// **Reading is tolerant.** Control characters are ignored (a line break counts only in free text and in
/// answers); the control field may lack its closing period; `TXT` may run into the body; elements may be spread
/// over lines; a closing period and trailing spaces are dropped.
///
/// **Writing is strict**: it refuses what it could not read back as the same message.
///
/// **Bodies** have three forms, by key.
/// - *Text* (AM, SM, ER, free-form LQ and LR, what the switch itself answers: TR, NLR, NFR): the whole body is `text`.
/// - *Lines* (DR, KR, RR and their relatives, and the answers about boats, aircraft and carriers): first lines of free text, then lines `PREFIX/value`, which become
///   `text` and `elements`. A line may hold several elements if periods part them. A line that holds a second
///   prefix after a mere space is free text, because nobody can say where its values end; and as soon as free
///   text follows an element, the whole body is `text`, in its order, so that nothing is torn from its place.
/// - *Dotted* (every other key): `PREFIX/value.PREFIX/value`. Where the tables require elements anything else is
///   refused; elsewhere a body that does not read as elements is `text`.
///
/// For every message that `decode` gives, `decode(encode(message))` gives the same message again.
///
/// Source: Nlets guide, "Message Structure" and the legacy text examples of each transaction.
public enum LegacyCodec {
    /// The largest message, in bytes. Source: Nlets guide, "Communicating with Canada"; no general limit is public.
    public static let maximumLength = 14_400

    /// The largest number of destinations of one message.
    public static let maximumDestinations = 5

    /// Reads one message.
    ///
    /// - Parameters:
    ///   - direction: `nil` to tell the two headers apart by what follows the origin.
    /// - Throws: `MessageError`; its offset lies in `0...bytes.count`. No input traps.
    public static func decode(
        _ bytes: [UInt8], direction: Direction? = nil, tables: CodeTables
    ) throws(MessageError) -> Message {
        guard bytes.count <= maximumLength else {
            throw MessageError(
                code: "too-long", number: 0, why: "a message has at most \(maximumLength) bytes",
                offset: maximumLength)
        }
        var reader = LegacyReader(bytes)
        var message = try reader.header(direction: direction)
        let body = LegacyBody(bytes, from: reader.at)
        switch LegacyForm(of: message.key) {
        case .text:
            message.text = try body.text()
        case .lines:
            (message.text, message.elements) = try body.lines()
        case .dotted where tables.rule(for: message.key)?.requires != nil:
            message.elements = try elements(of: body, tables: tables)
        case .dotted:
            (message.text, message.elements) = try body.dottedOrText()
        }
        return message
    }

    /// The elements of a body that must be made of them. What stands in the place of a prefix may be a piece of a
    /// value, so a refusal names it only if the tables know it.
    private static func elements(of body: LegacyBody, tables: CodeTables) throws(MessageError) -> [Element] {
        do throws(MessageError) {
            return try body.dotted()
        } catch {
            var error = error
            error.field = error.field.flatMap { tables.element($0)?.prefix }
            throw error
        }
    }

    /// Writes one message; header lines and text lines end in carriage return and line feed.
    ///
    /// For `output` the message must have stamps and exactly one destination.
    ///
    /// - Throws: `MessageError` if the message cannot be written so that it reads back the same. Its offset is 0,
    ///   because there are no bytes yet; its field says what is wrong.
    public static func encode(_ message: Message, direction: Direction) throws(MessageError) -> [UInt8] {
        var writer = LegacyWriter()
        switch direction {
        case .input: try writer.inputHeader(message)
        case .output: try writer.outputHeader(message)
        }
        try writer.body(message)
        guard writer.bytes.count <= maximumLength else {
            throw MessageError(
                code: "too-long", number: 0, why: "a message has at most \(maximumLength) bytes")
        }
        return writer.bytes
    }
}

/// How the body of a message key is written.
enum LegacyForm {
    case text, lines, dotted

    init(of key: MessageKey) {
        if Self.textKeys.contains(key) {
            self = .text
        } else if Self.lineKeys.contains(key) {
            self = .lines
        } else {
            self = .dotted
        }
    }

    private static let textKeys = keys("AM", "AML", "AA", "SM", "ER", "LQ", "LR", "TR", "NLR", "NFR")
    private static let lineKeys = keys(
        "DR", "DRG", "DNR", "KR", "RR", "RNR", "RPR", "ACR", "AVR", "BR", "SR", "GR")

    private static func keys(_ keys: StaticString...) -> Set<MessageKey> {
        Set(keys.map(MessageKey.init(known:)))
    }
}
