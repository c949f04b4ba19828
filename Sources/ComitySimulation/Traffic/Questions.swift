import ComityDirectory
import ComityMessages
import ComityRecords

/// Makes the questions: what is looked for, and what is stated beside it.
struct Questions: Sendable {
    let population: SyntheticPopulation

    /// Shapes of a question with their parts in a thousand.
    private enum Shape { case licence, name, photo, plate, vin, history, partialPlate, nameList }

    private static let shapes = Weighted<Shape>([
        (.licence, 330), (.name, 200), (.plate, 310), (.vin, 55), (.history, 60), (.photo, 35),
        (.partialPlate, 5), (.nameList, 5),
    ])!

    /// The stated reasons with their parts in a hundred, where one is stated.
    private static let reasons = Weighted([
        ("T", 45), ("N", 15), ("V", 12), ("S", 12), ("F", 8), ("I", 5), ("H", 3),
    ])!
    private static let offences = Weighted([
        ("traffic", 30), ("theft", 14), ("narcotics", 14), ("fraud", 10), ("assault", 10), ("burglary", 6),
        ("weapons", 6), ("kidnapping", 4), ("trafficking", 3), ("homicide", 3),
    ])!

    /// A question of an agency to owners, of which the first is the one where the answer is expected.
    ///
    /// - Parameters:
    ///   - photos: whether the photo may be asked for: a question for a photo may be held.
    ///   - fileOnly: whether no paper and no emergency is stated: then rules about who asks decide.
    func next(
        from agency: Agency, to owner: MemberCode, photos: Bool, fileOnly: Bool = false,
        _ chance: inout Chance
    ) -> Message {
        var shape = Self.shapes.pick(&chance)
        if shape == .photo, !photos { shape = .licence }
        // Nearly one in five searches finds nothing: it asks for somebody whom another owner has.
        let owners = population.owners
        let home = chance.happens(180) ? chance.pick(owners) : owner
        let keys = population.keys(of: home, person: chance.below(population.peoplePerOwner))
        var message = Message(key: .dq, origin: agency.ori, destinations: [.member(owner)])
        switch shape {
        case .licence: message.elements = [Element(prefix: "OLN", value: keys.licence)]
        case .photo:
            message.elements = [
                Element(prefix: "OLN", value: keys.licence), Element(prefix: "IMQ", value: "Y"),
            ]
        case .name: message.elements = person(keys)
        case .plate:
            message.key = Self.rq
            message.elements = [
                Element(prefix: "LIC", value: keys.plate), Element(prefix: "LIY", value: keys.plateYear),
                Element(prefix: "LIT", value: keys.plateType),
            ]
        case .vin:
            message.key = Self.rq
            message.elements = [Element(prefix: "VIN", value: keys.vin)]
        case .history:
            message.key = Self.kq
            message.elements =
                chance.happens(700) ? [Element(prefix: "OLN", value: keys.licence)] : person(keys)
        case .partialPlate:
            message.key = Self.rpq
            message.elements = [Element(prefix: "LIC", value: String(keys.plate.dropLast()) + "*")]
        case .nameList:
            message.key = Self.dnq
            message.elements = [Element(prefix: "NAM", value: keys.name)]
        }
        message.elements += stated(by: agency, &chance)
        if fileOnly { message.elements.removeAll { ["PAPER", "EMERGENCY", "OFFENCE"].contains($0.prefix) } }
        return message
    }

    /// A question by licence number, with nothing stated beside it.
    func licence(from agency: Agency, to owner: MemberCode, person: Int) -> Message {
        let keys = population.keys(of: owner, person: person)
        return Message(
            key: .dq, origin: agency.ori, destinations: [.member(owner)],
            elements: [Element(prefix: "OLN", value: keys.licence)])
    }

    /// A question for one person's photo, with nothing stated beside it.
    func photo(from agency: Agency, of owner: MemberCode, _ chance: inout Chance) -> Message {
        let keys = population.keys(of: owner, person: chance.below(population.peoplePerOwner))
        return Message(
            key: .dq, origin: agency.ori, destinations: [.member(owner)],
            elements: [Element(prefix: "OLN", value: keys.licence), Element(prefix: "IMQ", value: "Y")])
    }

    /// Whether a message of this key may go to several owners at once.
    static func goesToSeveral(_ key: MessageKey) -> Bool { key == .dq || key == rq }

    private func person(_ keys: SyntheticPopulation.Keys) -> [Element] {
        [
            Element(prefix: "NAM", value: keys.name), Element(prefix: "DOB", value: keys.birth),
            Element(prefix: "SEX", value: keys.sex),
        ]
    }

    /// What is stated beside the search: reasons are often absent, most often from immigration enforcement.
    private func stated(by agency: Agency, _ chance: inout Chance) -> [Element] {
        let isEnforcement = agency.family?.isWithin(Self.enforcement) == true
        var elements: [Element] = []
        if chance.happens(isEnforcement ? 350 : agency.family == nil ? 620 : 550) {
            elements.append(Element(prefix: "RSN", value: Self.reasons.pick(&chance)))
        }
        if chance.happens(150) {
            elements.append(Element(prefix: "CASE", value: "SYN-\(100_000 + chance.below(900_000))"))
        }
        if chance.happens(80) {
            elements.append(Element(prefix: "OFFENCE", value: Self.offences.pick(&chance)))
        }
        if chance.happens(isEnforcement ? 140 : 5) {
            elements.append(
                Element(prefix: "PAPER", value: chance.happens(150) ? "judicial" : "administrative"))
        }
        if chance.happens(200) { elements.append(Element(prefix: "ATN", value: "OFFICER EXAMPLE")) }
        if chance.happens(3) { elements.append(Element(prefix: "EMERGENCY", value: "Y")) }
        return elements
    }

    private static let rq = MessageKey("RQ")!, kq = MessageKey("KQ")!, rpq = MessageKey("RPQ")!
    private static let dnq = MessageKey("DNQ")!
    private static let enforcement = FamilyPath("US.DHS.ICE")!
}
