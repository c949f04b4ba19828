import ComityStore

extension HeldRow {
    /// A line for each desk: the field groups as a number, a blank, its name. A desk's name has no line feed.
    var approvalLines: String {
        approvals.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: "\n")
    }

    static func approvals(_ lines: String) -> [String: UInt16] {
        var result: [String: UInt16] = [:]
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2, let groups = UInt16(parts[0]) { result[String(parts[1])] = groups }
        }
        return result
    }
}
