import ComityMessages

/// What is left of an owner's records after everything that the judgement does not let through was taken out.
///
/// This is the one place where a record becomes an answer. It lets through by naming: an element goes out only if
/// its group is in the judgement's groups.
struct Cut {
    /// The elements that go out, record by record. A record of which nothing is left is not counted.
    let records: [[Element]]
    /// The groups that went out.
    let given: FieldGroupSet
    /// The groups that were asked for, that the records hold, and that did not go out.
    let withheld: FieldGroupSet
    /// Nothing may go out: free text cannot be cut, and something was to be withheld; or nothing is left.
    let mustRefuse: Bool

    /// What is left of no records.
    static let nothing = Cut([], asked: [], letting: [])

    /// - Parameters:
    ///   - asked: the groups asked for.
    ///   - open: the groups that may go out.
    init(_ records: [VehicleRecord], asked: FieldGroupSet, letting open: FieldGroupSet) {
        var given: FieldGroupSet = []
        var held: FieldGroupSet = []
        var hasFreeText = false
        var cut: [[Element]] = []
        for record in records {
            var elements: [Element] = []
            for tagged in record.elements {
                guard let group = tagged.group else {
                    hasFreeText = true
                    elements.append(tagged.element)
                    continue
                }
                if open.contains(group) {
                    elements.append(tagged.element)
                    given.add(group)
                } else if asked.contains(group) {
                    held.add(group)
                }
            }
            if !elements.isEmpty { cut.append(elements) }
        }
        withheld = held
        // Free text may hold anything of what was asked for, so it goes out only if all of it may.
        let cannotCut = hasFreeText && !open.isSuperset(of: asked)
        mustRefuse = cannotCut || (!records.isEmpty && cut.isEmpty)
        self.given = mustRefuse ? [] : hasFreeText ? given.union(open) : given
        self.records = mustRefuse ? [] : cut
    }
}
