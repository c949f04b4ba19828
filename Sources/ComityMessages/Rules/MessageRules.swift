/// The documented rules of each message key: who may send it, where it may go, which elements it needs.
///
/// The rules are rows of the code tables; this is their reader. A key without a row may go to one to five known
/// addresses and hold anything.
public enum MessageRules {
    /// Checks a message that has been read.
    ///
    /// - Throws: the first rule that is broken. A `Message` does not know where its parts stood, so the offset is
    ///   0; `LegacyCodec.decodeChecked` fills it in.
    public static func check(_ message: Message, tables: CodeTables) throws(MessageError) {
        let rule = tables.rule(for: message.key)
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
        let special = tables.special.filter { special in
            special.keys.contains(message.key)
                && message.destinations.contains { tables.canonical($0.member) == special.to }
        }
        try ElementCheck(
            message: message, rule: rule, requires: requires, special: special, tables: tables
        ).run()
    }
}
