/// What a message asks of one owner, independent of how it is written.
public struct Request: Hashable, Sendable {
    public var kind: RequestKind
    public var breadth: Breadth
    /// Whether the photo was asked for (`IMQ/Y`).
    public var photoAsked: Bool

    public init(kind: RequestKind, breadth: Breadth, photoAsked: Bool) {
        self.kind = kind
        self.breadth = breadth
        self.photoAsked = photoAsked
    }
}

extension Message {
    /// What a motor-vehicle look-up asks for; `nil` for every other message, and for a look-up without any of the
    /// elements that it could ask by.
    ///
    /// If it holds several, the first of the table's row counts: a licence number before a name, a plate before
    /// a vehicle number. The network itself (`NL`) as destination makes it a look-up in all states; a wild-card
    /// sign in the asking value makes it a wild-card search.
    public func request(tables: CodeTables) -> Request? {
        guard let rows = tables.rule(for: key)?.requests,
            let row = rows.first(where: { row in elements.contains { $0.prefix == row.element } }),
            let asked = value(row.element)
        else { return nil }
        var breadth = row.breadth
        if asked.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }),
            row.element != "OLN"
        {
            breadth = .wildCard
        }
        // The archive is the network's own, so `NL` says nothing of how wide a search of it is.
        if destinations.contains(.member(.network)), row.kind != .archiveSearch { breadth = .allStates }
        return Request(kind: row.kind, breadth: breadth, photoAsked: photoAsked)
    }

    private var photoAsked: Bool {
        elements.contains { $0.prefix == "IMQ" && ($0.value == "Y" || $0.value == "y") }
    }
}

extension MemberCode {
    /// The network itself: as destination of a look-up, all states at once.
    public static let network = MemberCode("NL")!
}
