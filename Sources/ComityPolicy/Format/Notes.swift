/// The comments of one part of an item.
struct Notes: Hashable {
    /// Lines in front of it, each with its `#`; an empty text stands for an empty line between them.
    var before: [String] = []
    /// Behind its last word.
    var behind: String?

    var isEmpty: Bool { before.isEmpty && behind == nil }
}

/// All comments of a file, each with the part that it belongs to. Layout is forgotten; no comment is.
struct PolicyNotes {
    /// A part of an item.
    struct Place: Hashable {
        var item: ItemSyntax.Kind
        var part: PartName
    }

    var notes: [Place: Notes] = [:]
    /// Those after the last item.
    var ending: [String] = []

    init() {}

    /// Finds the part of every comment of a file that could be read.
    init(_ syntax: PolicySyntax) {
        var lastLine: [Place: Int] = [:]
        var endingLine: Int?
        for placed in syntax.comments {
            let comment = placed.comment
            let text = Self.trimmed(comment.text)
            guard let number = placed.item, number < syntax.items.count else {
                if let line = endingLine, comment.span.line > line + 1 { ending.append("") }
                ending.append(text)
                endingLine = comment.span.line
                continue
            }
            let item = syntax.items[number]
            let found = Self.part(of: comment, placed.place, among: syntax.parts(of: item))
            let place = Place(item: item.kind, part: found.name)
            var here = notes[place] ?? Notes()
            if found.isBehind {
                // Only one has room behind the last word.
                if let earlier = here.behind { here.before.append(earlier) }
                here.behind = text
            } else {
                if found.name == .head, let line = lastLine[place], comment.span.line > line + 1 {
                    here.before.append("")
                }
                here.before.append(text)
                lastLine[place] = comment.span.line
            }
            notes[place] = here
        }
        separateTop(syntax, lastLine)
    }

    /// An empty line between the comments in front of an item and the item is kept: they may be about all that
    /// follows.
    private mutating func separateTop(_ syntax: PolicySyntax, _ lastLine: [Place: Int]) {
        for item in syntax.items {
            let place = Place(item: item.kind, part: .head)
            guard let line = lastLine[place], line < item.first.line - 1 else { continue }
            notes[place]?.before.append("")
        }
    }

    private static func part(
        of comment: Comment, _ place: PlacedComment.Place, among parts: [PartSpan]
    ) -> (name: PartName, isBehind: Bool) {
        let here = comment.span
        switch place {
        case .before: return (.head, false)
        case .trailing:
            let part = parts.last { $0.first < here }
            return (part?.name ?? .head, part.map { $0.last < here } ?? true)
        case .within:
            let part = parts.first { here < $0.last }
            return (part?.name ?? parts.last?.name ?? .head, false)
        }
    }

    private static func trimmed(_ text: String) -> String {
        var bytes = Array(text.utf8)
        while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Span: Comparable {
    static func < (a: Span, b: Span) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

extension PolicySyntax {
    /// Where the parts of an item stand, in the order of the file.
    func parts(of item: ItemSyntax) -> [PartSpan] {
        switch item.kind {
        case .header: header?.parts ?? []
        case .definition, .treatment: [PartSpan(name: .head, first: item.first, last: item.last)]
        case .rule(let place): rules[place].parts
        case .promise(let place): promises[place].parts
        case .test(let place): tests[place].parts
        }
    }
}
