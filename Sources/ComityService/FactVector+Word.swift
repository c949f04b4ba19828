import ComityPolicy

extension FactVector {
    /// The stated value of a fact; `nil` if it is absent or unknown.
    func word(_ name: String, _ taxonomy: Taxonomy) -> String? {
        guard let position = taxonomy.facts.firstIndex(where: { $0.name == name }),
            let index = value(at: position).index
        else { return nil }
        return taxonomy.facts[position].values[index].code
    }
}
