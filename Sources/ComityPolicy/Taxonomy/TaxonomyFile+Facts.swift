extension TaxonomyFile {
    struct FactEntry: Decodable, KnownKeys {
        var name: String
        var title: String
        var source: Fact.Source
        var element: String?
        var presence: Bool?
        var reads: [String: String]?
        var values: [Strict<ValueEntry>]?
        /// Short for the values `yes` and `no`.
        var yesNo: Bool?
        var groups: [String: [String]]?
        var ownersMayRegroup: Bool?
        var ifNotStated: String
        var other: String?

        static let keys: Set<String> = [
            "name", "title", "source", "element", "presence", "reads", "values", "yesNo", "groups",
            "ownersMayRegroup", "ifNotStated", "other",
        ]

        struct ValueEntry: Decodable, KnownKeys {
            var code: String
            var words: String

            static let keys: Set<String> = ["code", "words"]
        }

        private var listed: [Fact.Value] {
            if yesNo == true {
                return [Fact.Value(code: "yes", words: "yes"), Fact.Value(code: "no", words: "no")]
            }
            return (values ?? []).map { Fact.Value(code: $0.value.code, words: $0.value.words) }
        }

        func checked() throws(TaxonomyError) -> Fact {
            let codes = listed.map(\.code)
            guard (1...200).contains(codes.count), Set(codes).count == codes.count,
                yesNo != true || values == nil
            else {
                throw TaxonomyError(why: "fact `\(name)` needs 1 to 200 values, each once, or `yesNo`")
            }
            for word in (groups ?? [:]).values.flatMap(\.self) + Array((reads ?? [:]).values) {
                _ = try code(of: word)
            }
            for (group, members) in groups ?? [:] where members.isEmpty || codes.contains(group) {
                throw TaxonomyError(
                    why: "group `\(group)` of fact `\(name)` is empty or has the name of a value")
            }
            let notStated: FactValue =
                switch ifNotStated {
                case "unknown": .unknown
                case "absent": .absent
                default: try code(of: ifNotStated)
                }
            var notListed = FactValue.unknown
            if let other { notListed = try code(of: other) }
            if source == .record, notStated != .unknown {
                throw TaxonomyError(
                    why: "fact `\(name)` comes from the record, so it is `unknown` if not stated")
            }
            return Fact(
                name: name, title: title, source: source, element: element, isPresence: presence ?? false,
                reads: reads ?? [:], values: listed, groups: groups ?? [:],
                ownersMayRegroup: ownersMayRegroup ?? false, ifNotStated: notStated, ifNotListed: notListed)
        }

        private func code(of word: String) throws(TaxonomyError) -> FactValue {
            guard let index = listed.firstIndex(where: { $0.code == word }) else {
                throw TaxonomyError(why: "fact `\(name)` names `\(word)`, which is none of its values")
            }
            return FactValue(index: index)
        }
    }
}
