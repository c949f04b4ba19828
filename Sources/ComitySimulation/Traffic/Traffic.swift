import ComityDirectory
package import ComityMessages
package import ComityRecords

/// Makes messages as they come in: who asks whom for what, and now and then something odd. The same seed gives the
/// same messages.
package struct Traffic: Sendable {
    private let country: Country
    let askers: Askers
    let questions: Questions
    let tables: CodeTables
    private var chance: Chance
    private var count = 0
    /// Whether questions may ask for photos, which may be held.
    package var photos = true
    /// Whether messages come that nobody can take for a look-up, and agencies that nobody knows.
    package var oddities = true

    /// `nil` if the country has nobody who could ask.
    package init?(country: Country, population: SyntheticPopulation, tables: CodeTables, seed: UInt64) {
        guard let askers = Askers(country) else { return nil }
        self.country = country
        self.askers = askers
        questions = Questions(population: population)
        self.tables = tables
        chance = Chance(seed: seed)
    }

    /// The next message, or two if it is sent twice.
    package mutating func next() -> [Sending] { next(askers.next(&chance), atMost: .max) }

    /// The next message of an asker.
    ///
    /// - Parameter lookups: how many owners it asks at most.
    mutating func next(_ asker: Askers.Asker, atMost lookups: Int) -> [Sending] {
        count += 1
        if oddities, chance.happens(9) { return [odd()] }
        var agency = askers.agency(asker, &chance)
        let owner = askers.owner(for: agency, &chance)
        var link = country.link(of: agency)
        var message = questions.next(from: agency, to: owner, photos: photos, &chance)
        if Questions.goesToSeveral(message.key), chance.happens(110) {
            for _ in 0..<min(lookups - 1, 1 + chance.below(4)) {
                let other = Address.member(askers.owner(for: agency, &chance))
                if !message.destinations.contains(other) { message.destinations.append(other) }
            }
        }
        if agency.family == nil, chance.happens(4) {
            // Local police ask for a federal office: judged as both.
            message.elements.append(
                Element(prefix: "BEHALF", value: chance.pick(country.federal).ori.description))
        }
        if oddities, asker == .police, chance.happens(3) {
            // An ID that no directory knows, at a terminal where anybody may speak.
            message.origin = Self.unknown
            agency = askers.police(of: owner, &chance)
            link = Country.desk
        }
        if chance.happens(920) { message.control = control() }
        let sending = Sending(
            link: link, bytes: bytes(message),
            owners: message.destinations.map { tables.canonical($0.member) })
        guard oddities, message.control != nil, chance.happens(6) else { return [sending] }
        return [sending, Sending(link: link, bytes: sending.bytes, owners: [])]
    }

    /// Police of other states ask Washington for a photo and state no case: held, if its policy says so.
    package mutating func photoForAnotherState() -> Sending {
        count += 1
        let owner = MemberCode("WA")!
        let agency = askers.police(of: MemberCode(chance.pick(["OR", "ID", "CA", "MT"]))!, &chance)
        var message = questions.photo(from: agency, of: owner, &chance)
        message.control = control()
        return Sending(link: country.link(of: agency), bytes: bytes(message), owners: [owner])
    }

    /// A planted message as it is sent.
    mutating func sending(_ planted: Planted) -> Sending {
        count += 1
        var message = planted.message
        message.control = control()
        return Sending(
            link: country.link(of: planted.agency), bytes: bytes(message), owners: [planted.owner])
    }

    // MARK: What is odd

    private enum Oddity: CaseIterable {
        case cutOff, garbage, missingField, unknownDestination, administrative, otherLink
    }

    private mutating func odd() -> Sending {
        let agency = askers.agency(.police, &chance)
        let owner = askers.owner(for: agency, &chance)
        var message = questions.next(from: agency, to: owner, photos: false, &chance)
        message.control = control()
        var link = country.link(of: agency)
        var bytes: [UInt8]
        switch chance.pick(Oddity.allCases) {
        case .cutOff: bytes = Array(self.bytes(message).prefix(17))
        case .garbage: bytes = (0..<40).map { _ in UInt8(chance.below(256)) }
        case .missingField:
            message.elements = [Element(prefix: "NAM", value: "EXAMPLE,PAT")]
            message.key = .dq
            bytes = self.bytes(message)
        case .unknownDestination:
            message.destinations = [.member(MemberCode("Q9")!)]
            bytes = self.bytes(message)
        case .administrative:
            message.key = MessageKey("AM")!
            message.elements = []
            message.text = "SYNTHETIC MESSAGE"
            bytes = self.bytes(message)
        case .otherLink:
            let others = country.owners.filter { $0.description != link && $0 != agency.member }
            link = chance.pick(others).description
            bytes = self.bytes(message)
        }
        return Sending(link: link, bytes: bytes, owners: [])
    }

    // MARK: Writing

    /// A control field that no other message has: its number in base 36.
    private func control() -> ControlField {
        let number = String(count, radix: 36, uppercase: true)
        return ControlField("S" + String(repeating: "0", count: max(0, 7 - number.utf8.count)) + number)!
    }

    private func bytes(_ message: Message) -> [UInt8] {
        (try? LegacyCodec.encode(message, direction: .input)) ?? []
    }

    private static let unknown = ORI("DXNOBODY1")!
}
