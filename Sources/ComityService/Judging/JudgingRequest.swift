package import ComityDirectory
package import ComityMessages
package import ComityPolicy
import Foundation

/// One line of a file of look-ups that are judged in bulk: a JSON object that names facts.
///
/// What may stand in it is told in `docs/policy-judging.md`.
package struct JudgingRequest: Sendable {
    /// What the line calls itself, to be found again.
    package let id: String?
    package let facts: FactVector
    /// Whether the line says anything about the record, so that the answer is judged too.
    package let hasRecord: Bool

    /// Reads a line.
    ///
    /// - Parameters:
    ///   - line: the text, without its line break.
    ///   - resolver: the facts' taxonomy and directory.
    ///   - at: when the look-up is received, if the line does not say.
    /// - Throws: what is wrong with it.
    package init(_ line: [UInt8], reader: Reader, at: Timestamp) throws(ServiceError) {
        let object: [String: Any]
        do {
            guard let read = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
                throw ServiceError("request-line", "it is no JSON object", next: Self.help)
            }
            object = read
        } catch let error as ServiceError { throw error } catch {
            throw ServiceError("request-line", "it is no JSON", next: Self.help)
        }
        var fields = Fields(object)
        id = try fields.text("id")
        var at = at
        if let text = try fields.text("at") {
            guard let stated = Timestamp(text) else {
                throw ServiceError(
                    "request-line", "`at` is `\(text)`, which is no time",
                    next: "write it as 2026-03-02T12:00:00Z")
            }
            at = stated
        }
        guard let owner = try fields.text("owner").map(Self.member) else {
            throw ServiceError("request-line", "`owner` is missing", next: "say whose record it is: \"WA\"")
        }
        guard let kind = try fields.text("request").map(Self.kind) else {
            throw ServiceError(
                "request-line", "`request` is missing", next: "say what is asked for: \"driver-by-number\"")
        }
        let resolver = reader.resolver
        let requester = try fields.text("agency").map(Self.agency).map { resolver.requester($0, on: at.day) }
        // An agency that asks for itself has nothing to state here; one that cannot be read is an unknown one.
        var onBehalf = FactVector.OnBehalf.nobody
        if let stated = fields.take("on-behalf") {
            onBehalf =
                stated is NSNull
                ? .unreadable
                : .agency(
                    resolver.requester(try Self.agency(try Fields.text(stated, "on-behalf")), on: at.day))
        }
        let request = Request(kind: kind, breadth: .oneRecord, photoAsked: try fields.flag("photo"))
        let over = try fields.list("over").map { LimitName(owner: owner, rule: $0) }
        let taxonomy = reader.taxonomy
        (facts, hasRecord) = try Self.facts(
            &fields,
            FactVector(
                owner: owner, requester: requester ?? reader.nobody, onBehalf: onBehalf, values: [],
                asked: taxonomy.groupsAsked(by: request), at: at, over: over), kind, taxonomy)
        if let unknown = fields.rest.first {
            throw ServiceError(
                "request-line", "`\(unknown)` is no fact of taxonomy \(taxonomy.version)",
                next: "see the facts in the taxonomy file, or leave it out")
        }
    }

    /// What reading a line takes.
    package struct Reader: Sendable {
        let taxonomy: Taxonomy
        let resolver: FactResolver
        /// Who asks where a line does not say.
        let nobody: Requester

        package init(taxonomy: Taxonomy, directory: Directory) {
            self.taxonomy = taxonomy
            resolver = FactResolver(taxonomy: taxonomy, directory: directory)
            nobody = Requester(unknown: ORI("000000000")!)
        }
    }

    private static let help = "write one JSON object a line: {\"agency\": \"WA0170000\", \"owner\": ...}"

    private static func facts(
        _ fields: inout Fields, _ frame: FactVector, _ kind: RequestKind, _ taxonomy: Taxonomy
    ) throws(ServiceError) -> (FactVector, Bool) {
        var hasRecord = false
        var values: [FactValue] = []
        for fact in taxonomy.facts {
            var value = FactValue.unknown
            if let stated = fields.take(fact.name) {
                if fact.source == .record { hasRecord = true }
                if !(stated is NSNull) {
                    value = try Self.value(try Fields.text(stated, fact.name), of: fact)
                }
            } else if fact.name == "request" {
                value = fact.value(kind.rawValue) ?? .unknown
            } else if fact.name == "on-behalf" {
                value = fact.value(frame.onBehalf == .nobody ? "missing" : "given") ?? .unknown
            } else if fact.name == "time" {
                value =
                    taxonomy.clock?.hours(of: frame.owner, at: frame.at)
                    .flatMap { fact.value($0.rawValue) } ?? .unknown
            }
            values.append(value)
        }
        let facts = FactVector(
            owner: frame.owner, requester: frame.requester, onBehalf: frame.onBehalf, values: values,
            asked: frame.asked, at: frame.at, over: frame.over)
        return (facts, hasRecord)
    }

    private static func value(_ word: String, of fact: Fact) throws(ServiceError) -> FactValue {
        if let value = fact.value(word) { return value }
        if word == "absent", fact.canBeAbsent { return .absent }
        let words = fact.values.map(\.code) + (fact.canBeAbsent ? ["absent"] : [])
        throw ServiceError(
            "request-line", "`\(fact.name)` is `\(word)`, which is none of its values",
            next: "use one of \(words.joined(separator: ", ")), or null for unknown")
    }

    private static func member(_ text: String) throws(ServiceError) -> MemberCode {
        guard let code = MemberCode(text) else {
            throw ServiceError(
                "request-line", "`owner` is `\(text)`, which is no member", next: "write it as WA")
        }
        return code
    }

    private static func kind(_ text: String) throws(ServiceError) -> RequestKind {
        guard let kind = RequestKind(rawValue: text) else {
            throw ServiceError(
                "request-line", "`request` is `\(text)`, which is no kind of request",
                next: "use one of \(RequestKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return kind
    }

    private static func agency(_ text: String) throws(ServiceError) -> ORI {
        guard let ori = ORI(text) else {
            throw ServiceError(
                "request-line", "`\(text)` is no agency ID", next: "write nine capitals and digits")
        }
        return ori
    }
}
