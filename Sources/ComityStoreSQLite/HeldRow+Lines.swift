import ComityStore

extension HeldRow {
    /// A line for each approval: the field groups as a number, the person's mark, the desk. A desk's name has no line feed.
    var approvalLines: String {
        approvals.map { "\($0.groups) \($0.person) \($0.desk)" }.joined(separator: "\n")
    }

    /// - Throws: `StoreError` at a line of another form: an approval that is passed over would let more through.
    static func approvals(_ lines: String) throws -> [Approval] {
        try lines.split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, let groups = UInt16(parts[0]) else {
                throw StoreError.failed("an approval of a held look-up cannot be read")
            }
            return Approval(groups: groups, person: String(parts[1]), desk: String(parts[2]))
        }
    }
}
