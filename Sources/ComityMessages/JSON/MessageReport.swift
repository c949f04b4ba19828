/// What `comity message parse` and `check` print as JSON, and what `format` reads.
///
/// Elements form one object; a prefix that stands twice has a list of values. An object has no order, so `order`
/// repeats the prefixes in theirs; without it `message(tables:)` takes the order of the tables.
public struct MessageReport: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable, Codable { case accept, reject }

    /// The number and text of an error message (ER), as they stand in it.
    public struct ErrorText: Hashable, Sendable, Codable {
        /// As documented: `.22.` or `0`.
        public var code: String
        public var text: String

        public init(code: String, text: String) {
            self.code = code
            self.text = text
        }
    }

    /// Whether the message could be read.
    public var verdict: Verdict
    /// The message; `nil` if it was refused.
    public var message: Message?
    /// Why it was refused; `nil` if it was not.
    public var refusal: MessageError?
    /// For an error message: what it says.
    public var error: ErrorText?
    /// Whether the elements stand in an order that somebody chose.
    var hasOrder: Bool

    /// The report of a message that was read.
    public init(_ message: Message) {
        verdict = .accept
        self.message = message
        error = message.key == .er ? Self.errorText(message.text) : nil
        hasOrder = true
    }

    /// The report of a message that was refused.
    public init(_ refusal: MessageError) {
        verdict = .reject
        self.refusal = refusal
        hasOrder = false
    }

    /// The message, its elements in the order that was given, or else in that of the tables.
    ///
    /// - Throws: the refusal, if the report is one.
    public func message(tables: CodeTables) throws(MessageError) -> Message {
        guard var message else {
            throw refusal
                ?? MessageError(code: "report-empty", number: nil, why: "the report holds no message")
        }
        guard !hasOrder, let order = tables.rule(for: message.key)?.order else { return message }
        func place(_ element: Element) -> Int { order.firstIndex(of: element.prefix) ?? order.count }
        let placed = message.elements.enumerated().sorted { a, b in
            (place(a.element), a.offset) < (place(b.element), b.offset)
        }
        message.elements = placed.map(\.element)
        return message
    }

    /// The first line of an error message: a number, a space, a text.
    private static func errorText(_ text: String) -> ErrorText? {
        let line = text.prefix { $0 != "\n" }
        let code = line.prefix { $0.isNumber || $0 == "." }
        guard code.contains(where: \.isNumber) else { return nil }
        return ErrorText(code: String(code), text: String(line.dropFirst(code.count).drop { $0 == " " }))
    }
}
