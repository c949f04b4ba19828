/// Addresses that stand for several members, and keys that change on the way.
extension CodeTables {
    /// The members that one two-character address means, under their canonical codes: a region's states, all
    /// states for the network (`NL`), otherwise the member itself. Empty for a region without a row in the table of
    /// regions.
    public func reach(of code: MemberCode) -> [MemberCode] {
        if code == .network { return states }
        let code = canonical(code)
        guard member(code)?.class == .region else { return [code] }
        return regions.first { $0.code == code }?.members.map(canonical) ?? []
    }

    /// The members that a message goes to, each once, in the order in which they are addressed. A state that is
    /// addressed by its own code and through its region stands once.
    public func reach(of destinations: [Address]) -> [MemberCode] {
        var seen: Set<MemberCode> = []
        return destinations.flatMap { reach(of: $0.member) }.filter { seen.insert($0).inserted }
    }

    /// The region of a state; `nil` if the table of regions does not name the state.
    public func region(of state: MemberCode) -> MemberCode? {
        let state = canonical(state)
        return regions.first { $0.members.contains { canonical($0) == state } }?.code
    }

    /// The key under which an owner gets a question: `DQ` for `DQG`, `RQ` for `RQG`, otherwise the same.
    ///
    /// Source: Nlets guide, driver's licence and vehicle registration transactions: states never see the regional
    /// form.
    public func deliveredKey(for key: MessageKey) -> MessageKey { rule(for: key)?.deliveredAs ?? key }
}

extension Message {
    /// Whether this is regional traffic, which is delivered after other look-ups: a key of the regional form, or a
    /// look-up addressed to a region.
    ///
    /// Source: Nlets guide, legacy text examples of driver's licence and vehicle registration transactions.
    public func isRegional(tables: CodeTables) -> Bool {
        guard let rule = tables.rule(for: key) else { return false }
        return rule.deliveredAs != nil || rule.regional != nil && addressesRegion(tables: tables)
    }

    /// Whether a region is among the destinations.
    public func addressesRegion(tables: CodeTables) -> Bool {
        destinations.contains { destination in
            if case .member(let code) = destination { tables.member(code)?.class == .region } else { false }
        }
    }
}
