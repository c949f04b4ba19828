import ComityPolicy
import ComityPolicyTestSupport
import ComityTestSupport
import Testing

@Suite("The canonical form of policies") struct CanonicalPolicyTests {
    private func check(_ text: String, _ name: String) throws {
        let json = try #require(CanonicalPolicy.json(of: text, file: name).json)
        let back = try CanonicalPolicy.text(ofJSON: json)
        #expect(CanonicalPolicy.json(of: back, file: name).json == json, "\(name)")
        #expect(back == PolicyFormat.format(text, file: name, sorted: true).text, "\(name)\n\(text)")
    }

    @Test("the example files go to JSON and back without a loss")
    func examples() throws {
        for path in ExampleWorld.illustrations { try check(ExampleWorld.text(path), path) }
    }

    @Test("so do random policies")
    func random() throws {
        let seed = UInt64(20_260_303)
        var policies = RandomPolicy(seed: seed)
        for _ in 0..<Cases.number(60) { try check(policies.next().text, "seed \(seed)") }
    }

    @Test("layout, order of rules and of clauses leave no trace in the identity; words and comments do")
    func identity() throws {
        let one = """
            policy WA "W" version 1 effective 2026-01-15
            share WA-10 "a" give licence to everybody law "L"
            refuse WA-2 "b" from federal law "L" # note
            """
        let other = """
            policy WA "W"
            version 1 effective 2026-01-15

            refuse WA-2 "b" # note
              law "L"
              from federal
            share WA-10 "a"
              give licence
              to (everybody)
              law "L"
            """
        let first = try #require(ExampleWorld.read(one).policy)
        let second = try #require(ExampleWorld.read(other).policy)
        #expect(first.hash != second.hash, "a comment behind the name is not one behind the law")
        let third = try #require(
            ExampleWorld.read(one.replacing("# note", with: "")).policy)
        let fourth = try #require(ExampleWorld.read(other.replacing("# note", with: "")).policy)
        #expect(third.hash == fourth.hash)
        #expect(third.hash != first.hash)
        #expect(third.rules.map(\.id) == ["WA-2", "WA-10"])
        let fifth = try #require(ExampleWorld.read(one.replacing("federal", with: "police")).policy)
        #expect(fifth.hash != first.hash)
    }

    @Test("what is not of the form is refused, with place and reason")
    func strict() throws {
        let text = """
            policy WA "W" version 1 effective 2026-01-15
            share WA-1 "a" give licence to everybody law "L"
            share WA-2 "a" give licence to federal law "L"
            """
        let json = String(
            decoding: try #require(CanonicalPolicy.json(of: text, file: "").json), as: UTF8.self)
        func failure(_ old: String, _ new: String) -> String {
            do {
                _ = try CanonicalPolicy.text(ofJSON: Array(json.replacing(old, with: new).utf8))
                return "accepted"
            } catch {
                return error.description
            }
        }
        #expect(failure("\"language\":1", "\"language\":2") == "`language` must be 1")
        #expect(
            failure("\"kind\":\"share\"", "\"kind\":\"give\"") == "rules, entry 1: `give` is no kind of rule")
        #expect(
            failure("\"id\":\"WA-1\",", "\"id\":\"WA-1\",\"colour\":1,")
                == "rules, entry 1: the key `colour` is not known here")
        #expect(failure("\"WA-1\"", "\"WA-3\"").hasPrefix("rules, entry 1, id: it is not written here"))
        #expect(
            failure("\"law\":[\"L\"]", "\"law\":[\"L\\\"\"]")
                == "rules, entry 1, law: a list of texts is expected here")
        #expect(
            failure("\"tests\":[]", "\"tests\":[],\"tests\":[]") == "line 1: the key `tests` comes twice")
        #expect(failure("\"version\":1}", "\"version\":1.5}").contains("whole number"))
        #expect(failure("\"everybody\":true", "\"everybody\":false").contains("this is no condition"))
        #expect(failure("}", "").hasPrefix("line 1"))
        let spaced = json.replacing(",", with: " ,\n ")
        #expect(
            try CanonicalPolicy.text(ofJSON: Array(spaced.utf8))
                == CanonicalPolicy.text(ofJSON: Array(json.utf8)))
    }
}
