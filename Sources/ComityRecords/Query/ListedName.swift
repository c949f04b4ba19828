/// A name by which a list is asked: `EXAMPLE` (everybody of that last name), `EXAMPLE,PAT`, or `EXAMPLE,PAT Q`.
package struct ListedName: Hashable, Sendable {
    /// The last name, or the whole name of a body without first names.
    package let last: String
    /// The whole name, if a first name is given.
    package let person: PersonName?

    /// Reads a name; `nil` if there is none, or if something else than a first name follows the comma.
    package init?(_ text: String) {
        let halves = text.split(separator: ",", omittingEmptySubsequences: false)
        let last = NormalText.of(halves.first ?? "")
        guard halves.count <= 2, !last.isEmpty else { return nil }
        self.last = last
        if halves.count == 2, !NormalText.of(halves[1]).isEmpty {
            guard let person = PersonName(text) else { return nil }
            self.person = person
        } else {
            person = nil
        }
    }

    /// The first and last entry `LAST,FIRST` of a sorted index that the name covers. No name holds the last
    /// character of Unicode.
    var bounds: (from: String, to: String) {
        if let person {
            (person.lastAndFirst, person.lastAndFirst)
        } else {
            (last + ",", last + ",\u{10FFFF}")
        }
    }
}
