extension LegacyCodec {
    /// Reads one message and checks the rules of its key, with the byte offset of whatever breaks them.
    public static func decodeChecked(
        _ bytes: [UInt8], direction: Direction? = nil, tables: CodeTables
    ) throws(MessageError) -> Message {
        let message = try decode(bytes, direction: direction, tables: tables)
        do throws(MessageError) {
            try MessageRules.check(message, tables: tables)
        } catch {
            var error = error
            error.offset = offset(of: error, of: message, in: bytes, tables)
            throw error
        }
        return message
    }

    /// Where the field of a broken rule stands; the beginning of the body for one that is missing. The message is
    /// read again, because one that is in order should not pay for these marks.
    private static func offset(
        of error: MessageError, of message: Message, in bytes: [UInt8], _ tables: CodeTables
    ) -> Int {
        var reader = LegacyReader(bytes)
        reader.destinationStarts = []
        guard (try? reader.header(direction: nil)) != nil else { return min(reader.at, bytes.count) }
        if error.field == "origin" { return reader.originStart }
        let destinations = reader.destinationStarts ?? []
        for (index, start) in destinations.enumerated() where error.field == "destination \(index + 1)" {
            return start
        }
        reader.skipControls()
        // An element that is not allowed and not named is one that the tables do not know.
        let unknown = message.elements.first { tables.element($0.prefix) == nil }?.prefix
        guard let field = error.field ?? (error.code == "element-not-allowed" ? unknown : nil) else {
            return reader.at
        }
        let found = elementStarts(of: Array(field.utf8), in: bytes, from: reader.at)
        return (error.code == "element-repeated" ? found.dropFirst().first : found.first) ?? reader.at
    }

    private static func elementStarts(of prefix: [UInt8], in bytes: [UInt8], from start: Int) -> [Int] {
        var isFresh = true
        var found: [Int] = []
        for at in start..<max(start, bytes.count) {
            if isFresh, bytes[at...].starts(with: prefix + [.slash]) { found.append(at) }
            if bytes[at] == .period { isFresh = true } else if bytes[at] > .space { isFresh = false }
        }
        return found
    }
}
