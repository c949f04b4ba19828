import ComityMessages

extension Directory {
    /// Agencies by words of their names, by ID, by state or by family.
    ///
    /// Every word must begin a word of the agency's name, its ID, the name or code of its member, its kind or a
    /// part of its family; case does not matter. An exact ID comes first, then agencies with more whole words
    /// matched, then the order of IDs.
    ///
    /// - Parameter limit: the largest number of agencies to return.
    public func find(_ words: String, limit: Int) -> [Agency] {
        let wanted = SearchWords.split(words)
        guard !wanted.isEmpty, limit > 0 else { return [] }
        if wanted.count == 1, let ori = ORI(wanted[0]), let agency = agency(ori) { return [agency] }
        var found: [(agency: Agency, score: Int)] = []
        var haystack: [UInt8] = []
        for agency in agencies {
            searchText(of: agency, into: &haystack)
            if let score = SearchWords.score(wanted, in: haystack) { found.append((agency, score)) }
        }
        // `agencies` is in the order of IDs, and so is `found`; a stable order needs the ID as tie-breaker.
        found.sort { ($1.score, $0.agency.ori) < ($0.score, $1.agency.ori) }
        return found.prefix(limit).map(\.agency)
    }

    private func searchText(of agency: Agency, into bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: agency.name.utf8)
        bytes.append(UInt8(ascii: " "))
        agency.ori.append(to: &bytes)
        bytes.append(UInt8(ascii: " "))
        agency.member.append(to: &bytes)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: (members.name(agency.member) ?? "").utf8)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: agency.kind.rawValue.utf8)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: (agency.family?.description ?? "").utf8)
        for index in bytes.indices { bytes[index] = SearchWords.folded(bytes[index]) }
    }
}

/// Words without case: runs of letters and digits; everything else separates.
enum SearchWords {
    static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
    }

    static func split(_ text: String) -> [[UInt8]] {
        text.utf8.map(folded).split { !isWordByte($0) }.map(Array.init)
    }

    /// How many of the words stand whole in the folded text; `nil` if one does not even begin a word there.
    static func score(_ words: [[UInt8]], in text: [UInt8]) -> Int? {
        var score = 0
        for word in words {
            guard let whole = match(word, in: text) else { return nil }
            if whole { score += 1 }
        }
        return score
    }

    /// Whether a word stands whole (`true`) or only begins a word (`false`); `nil` if neither.
    private static func match(_ word: [UInt8], in text: [UInt8]) -> Bool? {
        var begins: Bool?
        var atStart = true
        var index = 0
        while index + word.count <= text.count {
            if atStart, text[index] == word[0], text[index..<(index + word.count)].elementsEqual(word) {
                let end = index + word.count
                if end == text.count || !isWordByte(text[end]) { return true }
                begins = false
            }
            atStart = !isWordByte(text[index])
            index += 1
        }
        return begins
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...: true
        default: false
        }
    }
}
