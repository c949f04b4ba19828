/// Why a message was refused. It never holds a value of the message.
public struct MessageError: Error, Hashable, Sendable {
    /// A stable word for programs, in lower case with hyphens; `docs/messages.md` lists them.
    public var code: String
    /// The number under which the network documents this error (ER), where there is one.
    public var number: Int?
    /// Plain words: what is wrong and what is expected.
    public var why: String
    /// Where, in bytes from the beginning of the message: 0 up to and including its length.
    public var offset: Int
    /// The header field (`origin`, `destination 2`, ...) or the element prefix that is meant, if one is.
    public var field: String?

    public init(code: String, number: Int?, why: String, offset: Int = 0, field: String? = nil) {
        self.code = code
        self.number = number
        self.why = why
        self.offset = offset
        self.field = field
    }
}
