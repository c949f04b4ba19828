import ComityMessages

/// Random messages that keep the rules of their key, made from the code tables.
extension RandomMessages {
    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    private static let lettersAndDigits = letters + "0123456789"

    /// A message of this key that every rule of the tables accepts.
    mutating func valid(_ rule: KeyRule, tables: CodeTables) -> Message {
        var message = Message(
            key: rule.key, origin: rule.origin ?? ORI(text(Self.lettersAndDigits, 9...9))!,
            destinations: destinations(rule, tables),
            control: pick([true, false]) ? ControlField(text(Self.lettersAndDigits + "(&-", 1...10)) : nil)
        if let requires = rule.requires {
            message.elements = elements(rule, requires, of: message, tables)
        } else {
            body(of: rule, &message)
        }
        return message
    }

    /// An answer, or a key whose fields nobody documents: whatever its body can hold.
    private mutating func body(of rule: KeyRule, _ message: inout Message) {
        let isText = ["AM", "AML", "AA", "SM", "ER", "LQ", "LR", "TR", "NLR", "NFR"]
            .contains(rule.key.description)
        if isText || pick([true, false, false]) {
            message.text = "NOT ON FILE"
        } else {
            message.elements = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                Element(prefix: text(Self.letters, 2...10), value: text(Self.lettersAndDigits + "-,", 1...20))
            }
            if pick([true, false, false]) {
                message.elements.append(Element(prefix: "IMG", value: value(ValueForm.base64, size: 4...400)))
            }
        }
    }

    /// Some of the destinations that the key goes to; beside a region only those of the regional form.
    private mutating func destinations(_ key: KeyRule, _ tables: CodeTables) -> [Address] {
        guard let rule = key.destinations else { return [.member(MemberCode("OR")!)] }
        if let alone = rule.alone, pick([true, false, false, false]) { return [.member(pick(alone))] }
        var found: [Address] = []
        let members = tables.members.filter {
            (rule.accepts.contains($0.class.rawValue) || rule.also?.contains($0.code) == true)
                && rule.alone?.contains($0.code) != true
        }
        for _ in 0..<Int.random(in: 1...rule.most, using: &random) {
            if rule.accepts.contains("agency"), members.isEmpty || pick([true, false]) {
                found.append(.agency(ORI("OR" + text(Self.lettersAndDigits, 7...7))!))
            } else {
                let member = pick(members)
                found.append(.member(pick([member.code] + member.aliases)))
            }
        }
        let classes = found.compactMap { tables.member($0.member)?.class }
        if key.regional != nil, classes.contains(.region) {
            found.removeAll {
                tables.member($0.member).map { rule.accepts.contains($0.class.rawValue) } != true
            }
        }
        var seen: Set<MemberCode> = []
        return found.filter { address in
            if case .member(let code) = address { seen.insert(tables.canonical(code)).inserted } else { true }
        }
    }

    /// One of the required sets, and some of the allowed elements. A region, the commercial index, Mexico and Canada
    /// ask for less or in other words, so their rules are kept too.
    private mutating func elements(
        _ rule: KeyRule, _ requires: [[String]], of message: Message, _ tables: CodeTables
    ) -> [Element] {
        let asked = message.destinations.compactMap { tables.member($0.member) }
        let goesTo = { (code: String) in asked.contains { $0.code.description == code } }
        let toRegion = rule.regional != nil && asked.contains { $0.class == .region }
        let rule = toRegion ? tables.rule(for: rule.regional!)! : rule
        let sets = (rule.requires ?? requires).filter {
            !goesTo("MX") || rule.key != .dq && rule.key != .kq || $0 == ["OLN"]
        }
        let needed = pick(sets)
        let allowed = (rule.allows ?? []).filter { prefix in
            !needed.contains(prefix) && rule.xmlOnly?.contains(prefix) != true
                && rule.onlyTo?[prefix].map { only in asked.contains { only.contains($0.code) } } != false
                && pick([true, false, false])
        }
        var prefixes = needed + allowed
        for set in rule.never ?? [] {
            for extra in set.filter(prefixes.contains).dropFirst() { prefixes.removeAll { $0 == extra } }
        }
        return prefixes.shuffled(using: &random).map { prefix in
            var form = rule.elements?[prefix] ?? tables.element(prefix)!.form
            for special in tables.special where special.keys.contains(message.key) {
                guard asked.contains(where: { $0.code == special.to || $0.class == special.class }) else {
                    continue
                }
                form = special.elements?[prefix] ?? form
            }
            return Element(prefix: prefix, value: value(form, tables))
        }
    }

    private mutating func value(_ form: ElementForm, _ tables: CodeTables) -> String {
        switch form.form {
        case .listed: pick(form.values!)
        case .reason: pick(tables.reasons.map(\.code))
        case .purpose: pick(tables.purposes.map(\.code))
        default: value(form.form, size: form.least...form.most)
        }
    }

    private mutating func value(_ form: ValueForm, size: ClosedRange<Int>) -> String {
        switch form {
        case .code: text(Self.lettersAndDigits, size)
        case .wildCard:
            text(Self.lettersAndDigits, 1...1) + text(Self.lettersAndDigits + "*?", 0...(size.upperBound - 1))
        case .letterFirst:
            text(Self.letters, 1...1)
                + text(Self.lettersAndDigits, (size.lowerBound - 1)...(size.upperBound - 1))
        case .digits: text("0123456789", size)
        case .name, .lastName:
            text(Self.letters, 1...1) + text(Self.letters + (form == .name ? " ,'" : " '"), 0...20)
                + text(Self.letters, 1...1)
        case .licence: text(Self.letters, 1...1) + text(Self.lettersAndDigits + "- *", 0...18) + "7"
        case .text:
            text(Self.letters, 1...1)
                + text(
                    Self.lettersAndDigits + "/-& ",
                    max(0, size.lowerBound - 2)...max(0, min(20, size.upperBound - 2)))
                + (size.upperBound > 1 ? "7" : "")
        case .word: text(Self.letters + "abc-", 1...20)
        case .base64:
            text(Self.lettersAndDigits + "+/ab", 4...4) + text(Self.letters, 6...6) + pick(["==", "+/"])
        case .birthDate: pick(["010170", "19700101", "022900", "20000229"])
        case .year: pick(["26", "2026"])
        case .plateYear: pick(["26", "2026", "NX"])
        case .moment: pick(["20261101", "20261101@2359"])
        case .agency: text(Self.lettersAndDigits, 9...9)
        case .address: pick(["OR", "CO0990100"].filter { size.contains($0.utf8.count) })
        case .listed, .reason, .purpose: ""
        }
    }
}
