package import ComityMessages
import ComityPolicy

/// "Can this agency get that?", before anybody asks in earnest.
package struct AccessQuestion: Hashable, Sendable {
    package var agency: ORI
    /// The field groups that are wanted.
    package var groups: FieldGroupSet
    package var owner: MemberCode
    /// Only by this kind of request; `nil` tries every kind.
    package var request: RequestKind?
    /// Only of this breadth; `nil` tries every breadth that the kind has.
    package var breadth: Breadth?
    /// Ask for the photo in every request that can.
    package var photo = false
    /// What the message would state, as the elements of the wire hold it (`RSN`, `OFFENCE`, `PAPER`, ...).
    package var stated: [Element] = []
    /// The word that policies see as the line by which it comes in.
    package var path = "terminal"
    /// What the record is supposed to say, by the names of the taxonomy; empty while nothing is supposed.
    package var record: [String: String] = [:]
    /// When it would be received.
    package var at: Timestamp

    package init(agency: ORI, groups: FieldGroupSet, owner: MemberCode, at: Timestamp) {
        self.agency = agency
        self.groups = groups
        self.owner = owner
        self.at = at
    }
}

/// One way to ask: a message key with what it asks for.
package struct AskingWay: Hashable, Sendable {
    package let key: MessageKey
    /// Plain words: `licence look-up`.
    package let name: String
    package let request: Request

    /// `licence look-up (DQ), driver-by-number with photo`.
    package var words: String {
        "\(name) (\(key)), \(request.kind.rawValue)" + (request.photoAsked ? " with photo" : "")
    }
}

extension CodeTables {
    /// Every way to ask for records that the tables know, each request once.
    package var waysToAsk: [AskingWay] {
        var ways: [AskingWay] = []
        for rule in keys {
            for row in rule.requests ?? [] where row.kind != .archiveSearch {
                for photo in [false, true] where !photo || asksForPhoto(rule) {
                    let request = Request(kind: row.kind, breadth: row.breadth, photoAsked: photo)
                    guard !ways.contains(where: { $0.request == request }) else { continue }
                    ways.append(AskingWay(key: rule.key, name: rule.name, request: request))
                }
            }
        }
        return ways
    }

    /// Whether the legacy text, which is all that links speak, can ask for the photo with this key.
    private func asksForPhoto(_ rule: KeyRule) -> Bool {
        rule.allows?.contains("IMQ") == true && rule.xmlOnly?.contains("IMQ") != true
    }
}
