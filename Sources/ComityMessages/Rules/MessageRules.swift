/// The documented rules of each message key: who may send it, where it may go, which elements it needs.
///
/// The rules are rows of the code tables; this is their reader. A key without a row may go to one to five known
/// addresses and hold anything.
public enum MessageRules {
    /// Checks a message that has been read.
    ///
    /// A look-up that addresses a region is held to the rules of the regional form of its key.
    ///
    /// - Parameter notation: how the message is written; a few rules hold for the legacy text alone.
    /// - Throws: the first rule that is broken. A `Message` does not know where its parts stood, so the offset is
    ///   0; `LegacyCodec.decodeChecked` fills it in.
    public static func check(
        _ message: Message, as notation: Notation = .legacy, tables: CodeTables
    ) throws(MessageError) {
        let rule = rule(for: message, tables: tables)
        if let origin = rule?.origin, message.origin != origin {
            throw MessageError(
                code: "origin-not-allowed", number: 1,
                why: "a message of this key comes from `\(origin)` and from nobody else", field: "origin")
        }
        try DestinationCheck(message: message, rule: rule?.destinations, tables: tables).run()
        guard let rule, let requires = rule.requires else { return }
        guard message.text.isEmpty else {
            throw MessageError(
                code: "text-beside-elements", number: 0, why: "a message of this key holds elements only",
                field: "text")
        }
        let asked = message.destinations.compactMap { tables.member($0.member) }
        let special = tables.special.filter { special in
            special.keys.contains(message.key) && (notation == .legacy || special.textOnly != true)
                && asked.contains { special.to == $0.code || special.class == $0.class }
        }
        try ElementCheck(
            message: message, rule: rule, notation: notation, requires: requires, special: special,
            tables: tables
        ).run()
    }

    private static func rule(for message: Message, tables: CodeTables) -> KeyRule? {
        guard let rule = tables.rule(for: message.key) else { return nil }
        guard let regional = rule.regional, message.addressesRegion(tables: tables) else { return rule }
        return tables.rule(for: regional) ?? rule
    }
}

/// How a message is written, where a rule depends on it.
public enum Notation: Hashable, Sendable {
    /// The dotted text.
    case legacy
    case xml
}
