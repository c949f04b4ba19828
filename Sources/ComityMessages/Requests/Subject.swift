extension Message {
    /// What a look-up says of whom it asks about: the values that it asks by, in one form for all who ask by the same.
    ///
    /// The same licence number, the same plate, the same vehicle number, or the same name and date of birth. Nobody can
    /// tell from the message alone that a name and a number belong to one person. `nil` for what is no look-up.
    public func subject(tables: CodeTables) -> String? {
        guard let rows = tables.rule(for: key)?.requests,
            let row = rows.first(where: { row in elements.contains { $0.prefix == row.element } }),
            let asked = value(row.element)
        else { return nil }
        let born = row.element == "NAM" ? value("DOB") : nil
        return (["\(row.element)/\(asked)"] + (born.map { ["DOB/\($0)"] } ?? [])).joined(separator: ".")
            .uppercased()
    }
}
