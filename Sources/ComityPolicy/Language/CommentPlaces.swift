/// A comment with the item that it belongs to, for whoever writes the file out again.
struct PlacedComment: Hashable, Sendable {
    /// Where it stands to its item.
    enum Place: Hashable, Sendable {
        /// On a line of its own in front of it.
        case before
        /// On a line of its own between its first and its last word.
        case within
        /// Behind something on the same line.
        case trailing
    }

    var comment: Comment
    /// The place of the item in the order of the file; `nil` for comments after the last one.
    var item: Int?
    var place: Place
}

enum CommentPlaces {
    /// Finds each comment's item. Both lists are in the order of the file.
    static func of(_ comments: [Comment], items: [ItemSyntax]) -> [PlacedComment] {
        var next = 0
        return comments.map { comment in
            // The first item that does not end on a line above the comment.
            while next < items.count, items[next].last.line < comment.span.line { next += 1 }
            if !comment.standsAlone {
                // Behind the last word of an item, or of one that begins and ends on other lines.
                let isInside = next < items.count && items[next].first.line <= comment.span.line
                return PlacedComment(
                    comment: comment, item: isInside ? next : max(0, next - 1), place: .trailing)
            }
            guard next < items.count else {
                return PlacedComment(comment: comment, item: nil, place: .before)
            }
            let isBefore = comment.span.line < items[next].first.line
            return PlacedComment(comment: comment, item: next, place: isBefore ? .before : .within)
        }
    }
}
