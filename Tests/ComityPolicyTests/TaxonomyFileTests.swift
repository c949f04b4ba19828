import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite struct TaxonomyFileTests {
    private static let text = ExampleWorld.text("Data/taxonomy/taxonomy.json")

    private func why(_ old: String, _ new: String) throws -> String {
        let changed = Self.text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
            .joined(separator: new)
        #expect(changed != Self.text, "nothing was changed")
        do {
            _ = try Taxonomy(json: Array(changed.utf8))
            return "no error"
        } catch { return error.why }
    }

    @Test(
        "what cannot be used is said with its place",
        arguments: [
            (
                "\"title\": \"kind of request\"", "\"titel\": \"x\"",
                "unknown key `titel` in `facts`, entry 1; did you mean `title`?"
            ),
            ("\"version\": \"2026.2\",", "\"version\": \"2026.2\", \"extra\": 1,", "unknown key `extra`"),
            ("\"title\": \"kind of request\",", "", "`title` is missing in `facts`, entry 1"),
            ("\"begins\": \"08:00\"", "\"begins\": \"8\"", "`8` is not a time such as `08:00`"),
            ("\"group\": \"address\"", "\"group\": \"adress\"", "`adress` is not a field group"),
            ("\"event\": \"asked\"", "\"event\": \"ask\"", "`ask` is no event of a duty"),
            ("\"name\": \"victim\"", "\"name\": \"share\"", "`share` is a word of the policy language"),
            ("\"name\": \"minor\"", "\"name\": \"victim\"", "two facts or sets have the same name"),
        ])
    func errors(old: String, new: String, expected: String) throws {
        let why = try why(old, new)
        #expect(why.hasPrefix(expected), "\(why)")
    }

    @Test("a network adds facts of its own, and rules test them")
    func ownFacts() throws {
        let more = """
            "facts": [
              {"name": "drill", "title": "exercise", "source": "message", "element": "DRILL", "yesNo": true,
               "reads": {"Y": "yes", "N": "no"}, "ifNotStated": "no"},
            """
        let changed = Self.text.split(separator: "\"facts\": [", maxSplits: 1).joined(separator: more)
        let taxonomy = try Taxonomy(json: Array(changed.utf8))
        let read = PolicyLanguage.read(
            """
            policy WA "Test" version 1 effective 2026-01-15
            share S "x" give identity to everybody when drill is yes law "none"
            """, file: "test.policy", taxonomy: taxonomy, directory: ExampleWorld.directory)
        let policy = CompiledPolicy(try #require(read.policy, "\(read.diagnostics)"), taxonomy: taxonomy)
        func gate(_ elements: [Element]) -> Gate {
            let message = Message(
                key: .dq, origin: ORI("DXFBI0100")!, destinations: [.member(MemberCode("WA")!)],
                elements: elements)
            return policy.judgeQuestion(
                FactResolver(taxonomy: taxonomy, directory: ExampleWorld.directory).resolve(
                    message, request: Request(kind: .driverByNumber, breadth: .oneRecord, photoAsked: false),
                    owner: MemberCode("WA")!, path: "hub", at: Timestamp("2026-03-02T12:00:00Z")!)
            ).gate
        }
        #expect(gate([Element(prefix: "DRILL", value: "Y")]) == .open)
        #expect(gate([]) == .refused)
    }
}
