import ComityPolicy

/// The ids of the rules that decided and that applied, for judgements made lately.
struct NamesCache {
    struct Names {
        /// The rules that decided, over all layers.
        let deciding: [String]
        /// All rules that applied, over all layers.
        let matched: [String]
        /// The rules whose duties came up, over all layers.
        let duties: [String]
    }

    private struct Key: Hashable {
        let basis: ObjectIdentifier
        let judgement: Judgement
    }

    /// The basis is kept beside the names, so that its identity is not given to another meanwhile.
    private var names: [Key: (basis: Basis, names: Names)] = [:]

    /// Beyond this number all are forgotten and made anew.
    private static let limit = 4096

    mutating func names(of ruling: Ruling) -> Names {
        let key = Key(basis: ObjectIdentifier(ruling.basis), judgement: ruling.judgement)
        if let known = names[key] { return known.names }
        let made = Names(
            deciding: Exchange.listed(ruling.decidedBy), matched: Exchange.listed(ruling.matched),
            duties: Exchange.listed(ruling.duties.map(\.rule.id)))
        if names.count >= Self.limit { names.removeAll(keepingCapacity: true) }
        names[key] = (ruling.basis, made)
        return made
    }
}
