/// How much a policy file may hold. Each limit gives a diagnostic, never a trap or a long wait; the largest
/// real policy that was sketched has about thirty rules.
enum Limits {
    /// Bytes of a file.
    static let fileLength = 1 << 20
    /// Words of a file.
    static let tokens = 200_000
    /// Bytes of one text in quotes.
    static let textLength = 500
    static let rules = 1000
    /// Characters of a rule's name.
    static let ruleName = 40
    static let definitions = 500
    static let tests = 2000
    /// How deep parentheses and `not` may nest: each level costs stack when read.
    static let nesting = 32
    /// Tests in one condition after its definitions are filled in.
    static let conditionSize = 500
    /// Alternatives of one rule when written as "this and this, or that and that".
    static let alternatives = 256
    /// Alternatives of all rules together; the compiled form has one bit for each.
    static let allAlternatives = 16_384
    static let promises = 200
    static let treatments = 200
    /// Things that one rule may want carried.
    static let carried = 32
    /// The largest number of a clock or limit.
    static let largestNumber = 1_000_000
}
