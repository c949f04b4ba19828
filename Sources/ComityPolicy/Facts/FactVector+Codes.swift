import ComityDirectory
public import ComityMessages

extension FactVector {
    /// The facts as they are recorded, in a fixed order. Judging what `init(codes:owner:taxonomy:)` makes of
    /// them gives the same judgement.
    ///
    /// Order: time, groups asked, on behalf (0 nobody, 1 agency, 2 unreadable), limits exceeded (a list, or
    /// absent), the requester (ID, known, kind, state, family, affiliations, country, certifications), the same
    /// eight of the one it asks for if there is one, then one number for each fact of the taxonomy.
    public var codes: [FactCode] {
        var codes: [FactCode] = [
            .number(UInt64(bitPattern: at.milliseconds)), .number(UInt64(asked.rawValue)),
        ]
        switch onBehalf {
        case .nobody: codes.append(.number(0))
        case .agency: codes.append(.number(1))
        case .unreadable: codes.append(.number(2))
        }
        codes.append(over.isEmpty ? .absent : .texts(over.map(\.description)))
        codes += requester.codes
        if case .agency(let other) = onBehalf { codes += other.codes }
        codes += values.map { .number(UInt64($0.rawValue)) }
        return codes
    }

    /// Reads recorded facts.
    ///
    /// - Parameters:
    ///   - codes: the facts, as `codes` wrote them.
    ///   - owner: the member in whose ledger they stand.
    ///   - taxonomy: the version that the entry names.
    /// - Returns: `nil` if they are not of that form or do not fit the taxonomy.
    public init?(codes: [FactCode], owner: MemberCode, taxonomy: Taxonomy) {
        var reader = CodeReader(codes)
        guard let time = reader.number(), let asked = reader.number(),
            asked <= UInt64(FieldGroupSet.all.rawValue),
            let behalf = reader.number(), let limits = reader.texts(),
            let requester = Requester(from: &reader, taxonomy: taxonomy)
        else { return nil }
        let over = (limits ?? []).compactMap { LimitName($0) }
        guard over.count == limits?.count ?? 0, limits?.isEmpty != true else { return nil }
        var onBehalf = OnBehalf.nobody
        switch behalf {
        case 0: break
        case 1:
            guard let other = Requester(from: &reader, taxonomy: taxonomy) else { return nil }
            onBehalf = .agency(other)
        case 2: onBehalf = .unreadable
        default: return nil
        }
        var values: [FactValue] = []
        for fact in taxonomy.facts {
            guard let number = reader.number(), number < UInt64(fact.values.count + 2) else { return nil }
            values.append(FactValue(rawValue: UInt8(number)))
        }
        guard reader.isAtEnd else { return nil }
        self.init(
            owner: owner, requester: requester, onBehalf: onBehalf, values: values,
            asked: FieldGroupSet(rawValue: UInt16(asked)),
            at: Timestamp(milliseconds: Int64(bitPattern: time)), over: over)
    }
}

extension Requester {
    /// ID, known, kind, state, family (`-` is "outside the tree"), affiliations, country, certifications.
    var codes: [FactCode] {
        [
            .text(ori.description), .number(isKnown ? 1 : 0),
            kind.map { .text($0) } ?? .absent,
            state.map { .text($0.description) } ?? .absent,
            family.map { .text($0?.description ?? "-") } ?? .absent,
            affiliations.map { .texts($0.map(\.description)) } ?? .absent,
            country.map { .text($0) } ?? .absent,
            certifications.map { .texts($0.map(\.description)) } ?? .absent,
        ]
    }

    init?(from reader: inout CodeReader, taxonomy: Taxonomy) {
        guard let id = reader.text(), let text = id, let ori = ORI(text), let known = reader.number(),
            let kind = reader.text(), let state = reader.text(), let family = reader.text(),
            let ties = reader.texts(), let country = reader.text(), let signed = reader.texts()
        else { return nil }
        guard known == 1 else {
            guard known == 0, kind == nil, state == nil, family == nil, ties == nil,
                country == nil, signed == nil
            else { return nil }
            self.init(unknown: ori)
            return
        }
        if let kind, !taxonomy.kinds.contains(kind) { return nil }
        let member = state.flatMap { MemberCode($0) }
        if state != nil, member == nil { return nil }
        let place = family.flatMap { $0 == "-" ? nil : FamilyPath($0) }
        if let family, family != "-", place == nil { return nil }
        let paths = ties.map { $0.compactMap { FamilyPath($0) } }
        if let ties, paths?.count != ties.count { return nil }
        let certifications = signed.map { $0.compactMap { CertificationState($0) } }
        if let signed, certifications?.count != signed.count { return nil }
        self.init(
            ori: ori, kind: kind, state: member, family: family == nil ? .none : .some(place),
            affiliations: paths, country: country, certifications: certifications, taxonomy: taxonomy)
    }
}

/// Takes codes one after another; `nil` when the next is missing or of another form.
struct CodeReader {
    private var rest: ArraySlice<FactCode>

    init(_ codes: [FactCode]) { rest = codes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number() -> UInt64? {
        guard case .number(let number) = rest.popFirst() else { return nil }
        return number
    }

    /// A text or `absent`.
    mutating func text() -> String?? {
        switch rest.popFirst() {
        case .text(let text): .some(text)
        case .absent: .some(nil)
        default: nil
        }
    }

    /// A list or `absent`.
    mutating func texts() -> [String]?? {
        switch rest.popFirst() {
        case .texts(let texts): .some(texts)
        case .absent: .some(nil)
        default: nil
        }
    }
}
