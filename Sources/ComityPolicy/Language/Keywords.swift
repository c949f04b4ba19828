/// The words of the language.
enum Keywords {
    static let rules: Set<String> = [
        "share", "refuse", "withhold", "hold", "require", "notify", "limit",
    ]
    /// Words that open a block.
    static let blocks: Set<String> = rules.union(["policy", "define", "treat", "promise", "test"])
    /// Words that begin a part of a rule.
    static let clauses: Set<String> = [
        "give", "keep", "to", "from", "for", "when", "unless", "law", "desk", "effective", "until", "carry",
        "subject", "owner", "at", "answer",
    ]
    /// Words that begin a test of who asks.
    static let who: Set<String> = ["family", "agency", "pattern", "kind", "state", "country"]
    static let verbs: Set<String> = ["is", "in", "absent", "given", "missing", "declared", "undeclared"]
    private static let rest: Set<String> = [
        "and", "or", "not", "of", "as", "everybody", "within", "otherwise", "asks", "expect", "affiliated",
        "on", "behalf", "record", "with", "by", "version", "taxonomy", "certification", "any", "route",
        "after", "before", "record-refusals",
    ]
    static let all = blocks.union(clauses).union(who).union(verbs).union(rest)
}

/// "Did you mean ...?"
enum Suggestion {
    /// The nearest of some words, if one is near; the first in alphabetical order of several.
    static func nearest(to word: String, among words: some Sequence<String>) -> String? {
        guard word.utf8.count <= 60 else { return nil }
        let limit = max(1, word.utf8.count / 3)
        var best: (word: String, distance: Int)?
        for candidate in words.sorted() {
            let distance = distance(Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
            if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
        }
        return best?.word
    }

    static func sentence(for word: String, among words: some Sequence<String>) -> String {
        nearest(to: word, among: words).map { "did you mean `\($0)`?" } ?? ""
    }

    /// How many letters must be changed, put in, taken out or exchanged with a neighbour.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        guard abs(a.count - b.count) <= 20, b.count <= 80 else { return Int.max }
        var older: [Int] = []
        var previous = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var cost = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, older[j - 1] + 1) }
                row.append(cost)
            }
            older = previous
            previous = row
        }
        return previous[b.count]
    }
}
