/// The nine-character address of a help text: a member, a subject of three characters, and what is wanted with the text.
///
/// `ORLICHELP` asks for what Oregon says of its vehicle file; `ORLICUPDT` replaces it.
///
/// Source: Nlets guide, "Help Files". The subjects are rows of the code tables.
public struct HelpAddress: Hashable, Sendable {
    /// What is wanted; the raw value is the end of the address.
    public enum Function: String, CaseIterable, Hashable, Sendable {
        case query = "HELP"
        /// Makes the text, or replaces it.
        case replace = "UPDT"
        /// Adds to it, on a new line.
        case append = "APND"
        case cancel = "CNCL"
    }

    /// Whose text: its first two characters as written, an alias included.
    public let member: MemberCode
    public let subject: String
    public let function: Function

    /// Reads an address; `nil` if its end is none of the four.
    public init?(_ ori: ORI) {
        let text = ori.description
        guard let function = Function(rawValue: String(text.suffix(4))) else { return nil }
        member = ori.prefix
        subject = String(text.dropFirst(2).prefix(3))
        self.function = function
    }

    /// The address under which the text is asked for, and which is the origin of its answers.
    public func file(tables: CodeTables) -> ORI {
        ORI("\(tables.canonical(member))\(subject)\(Function.query.rawValue)")!
    }
}
