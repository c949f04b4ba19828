import ComityDirectory
import ComityLedger
import ComityMessages

extension Refusal {
    static let notItsAgency = Refusal(
        "directory-of-another", number: 1,
        "a member changes only its own agency IDs, from an agency of its own on a link that speaks for it")
    static let notControlTerminal = Refusal(
        "not-control-terminal", number: 1,
        "only a control terminal adds or cancels agency IDs; the operator of the switch says which those are")
    static let agencyExists = Refusal(
        "agency-exists", number: 22, "the directory has this agency ID already; send TU to modify it")
    static let agencyUnknown = Refusal(
        "agency-unknown", number: 22, "the directory has no such agency ID; send TA to add it")
}

/// The directory of agency IDs: queries are answered from it, and wishes to change it are recorded.
///
/// Nothing here changes the directory: who an agency is decides what it gets, so a person looks at every change before it
/// comes into force (`comity agency pending`, then `comity agency import`).
///
/// Source: Nlets guide, "ORION".
extension Exchange {
    /// Agencies in one answer.
    static let mostAgencies = 20

    mutating func agencies(
        _ message: Message, _ arrival: Arrival, permit: LinkPermit, fresh: inout FreshBytes
    ) -> [Effect] {
        let found = found(message)
        var lines = found.prefix(Self.mostAgencies).map(line)
        if found.isEmpty { lines = ["NOT ON FILE"] }
        if found.count > lines.count {
            lines.insert("There are more than these \(lines.count). Ask with more of the name.", at: 0)
        }
        let draft = noted(
            "directory-query", message: message, arrival: arrival, link: permit.name, fresh: &fresh)
        return reply(
            said(lines, key: .tr, from: SystemMessages.origin, to: message), recording: draft, to: arrival)
    }

    private func line(_ agency: Agency) -> String {
        "ORI \(agency.ori) TYP \(AgencyType(agency).rawValue) \(agency.member) NAME \(Self.printable(agency.name))"
    }

    /// Names come from a file: a line break in one would make a second line.
    private static func printable(_ name: String) -> String {
        String(name.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }

    /// The agencies that a query means, one more than are shown at most.
    private func found(_ message: Message) -> [Agency] {
        let place = message.destinations[0].member
        let isAnywhere = place == MemberCode("OD")
        func fits(_ agency: Agency) -> Bool {
            guard isAnywhere || agency.member == tables.canonical(place) else { return false }
            return message.value("TYP").map { AgencyType(agency).rawValue == $0.uppercased() } ?? true
        }
        if let ori = message.value("ORI") {
            return [ORI(ori).flatMap { rulebook.directory.agency($0) }].compactMap { $0 }.filter(fits)
        }
        // A dash is ignored on inquiry.
        let words = (message.value("LOC") ?? "").uppercased().split { $0 == " " || $0 == "-" }
        var result: [Agency] = []
        for agency in rulebook.directory.agencies where fits(agency) {
            let name = agency.name.uppercased()
            guard words.allSatisfy({ name.contains($0) }) else { continue }
            result.append(agency)
            if result.count > Self.mostAgencies { break }
        }
        return result
    }

    /// TA, TU and TD.
    mutating func wish(
        _ message: Message, _ arrival: Arrival, permit: LinkPermit, fresh: inout FreshBytes
    ) -> [Effect] {
        guard let ori = message.value("ORI").flatMap({ ORI($0) }),
            let sender = rulebook.directory.agency(message.origin)
        else { return refuse(arrival, .notItsAgency, message: message, fresh: &fresh) }
        let known = rulebook.directory.agency(ori)
        let owner = known?.member ?? tables.canonical(ori.prefix)
        guard owner == sender.member, ori.prefix != Agency.inventedPrefix,
            permit.owns(.agency(ori), of: owner)
        else { return refuse(arrival, .notItsAgency, message: message, fresh: &fresh) }
        if message.key != .tu, !settings.controlTerminals.contains(message.origin) {
            return refuse(arrival, .notControlTerminal, message: message, fresh: &fresh)
        }
        guard (message.key == .ta) == (known == nil) else {
            return refuse(
                arrival, known == nil ? .agencyUnknown : .agencyExists, message: message, fresh: &fresh)
        }
        let type = message.value("TYP").flatMap { AgencyType(rawValue: $0.uppercased()) }
        let kind: PostingEntry.Kind
        var wish = DirectoryWish(cancelling: ori)
        switch message.key {
        case .td: kind = .agencyCancelled
        case .ta:
            kind = .agencyAdded
            wish = DirectoryWish(
                ori, member: owner, name: message.value("NAME") ?? message.value("LOC") ?? "",
                sourceType: type?.sourceType ?? "Unknown")
        default:
            kind = .agencyModified
            wish = DirectoryWish(
                ori, member: owner, name: message.value("NAME") ?? known?.name ?? "",
                sourceType: type?.sourceType ?? known?.kind.sourceType ?? "Unknown")
        }
        let words = [
            "\(message.key) \(ori) RECORDED, NOT IN FORCE",
            "It comes into force when the operator of the switch has looked at it and imports it.",
        ]
        return post(
            kind, ori, text: wish.row,
            answer: said(words, key: .tr, from: SystemMessages.origin, to: message),
            message, arrival, permit: permit, fresh: &fresh)
    }
}
