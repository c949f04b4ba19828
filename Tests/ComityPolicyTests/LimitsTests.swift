import ComityPolicy
import ComityPolicyTestSupport
import Testing

private let header = "policy WA \"Test\" version 1 effective 2026-01-15\n"
private let share = "share S \"x\" give identity to everybody law \"none\"\n"

/// How much a file may hold: the largest that is taken, and the smallest that is not, with what is said.
@Suite struct LimitsTests {
    private func errors(_ text: String) -> [Diagnostic] {
        ExampleWorld.read(text).diagnostics.filter { $0.severity == .error }
    }

    private func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (0..<count).map(line).joined(separator: "\n")
    }

    /// That a count is taken, and one more is not: one error, with the code and the number in its text.
    private func edge(_ most: Int, _ code: String, _ text: (Int) -> String) {
        let allowed = errors(header + text(most))
        #expect(allowed.isEmpty, "\(allowed.prefix(3).map(\.description))")
        let found = errors(header + text(most + 1))
        #expect(found.map(\.code) == [code], "\(found.prefix(3).map(\.description))")
        let number = String(most)
        #expect(found.allSatisfy { $0.message.contains(number) }, "\(found.map(\.message))")
    }

    @Test("1,000 rules")
    func rules() {
        edge(1000, "too-many-rules") { count in
            lines(count) { "notify R-\($0) \"x\" owner within 1 day after asked from state WA law \"none\"" }
        }
    }

    @Test("500 definitions")
    func definitions() {
        edge(500, "too-many-definitions") { count in
            share + lines(count) { "define d\($0) as federal" }
        }
    }

    @Test("200 promises")
    func promises() {
        edge(200, "too-many-promises") { count in
            share + lines(count) { "promise \"p\($0)\" federal never gets photo" }
        }
    }

    @Test("2,000 tests")
    func tests() {
        edge(2000, "too-many-tests") { count in
            share + lines(count) { "test \"t\($0)\" federal asks driver-by-number expect open" }
        }
    }

    @Test("200 treatments")
    func treatments() {
        // Only as many can be said without saying one twice: each value in each class.
        let offence = ExampleWorld.taxonomy.fact("offence")!
        let all = offence.values.flatMap { value in offence.groups.keys.sorted().map { (value.code, $0) } }
        #expect(all.count < 200)
        let found = errors(
            header + share + lines(201) { "treat \(all[$0 % all.count].0) as \(all[$0 % all.count].1)" })
        #expect(found.contains { $0.code == "too-many-treatments" && $0.message.contains("200") })
    }

    @Test("32 things to carry in one rule; no more are dropped in silence")
    func carried() {
        edge(32, "too-many-things") { count in
            let things = (1...count).map { "certification \"No immigration use\" version \($0)" }
            return share
                + "require R \"x\" carry \(things.joined(separator: ", ")) from everybody law \"none\""
        }
    }

    @Test("16,384 alternatives of all rules together, 256 of one")
    func alternatives() {
        // 8 × 8 × 4 alternatives.
        let reasons = ["N", "F", "V", "T", "S", "H", "I", "other"].map { "reason is \($0)" }
        let paths = [
            "hub", "gateway", "portal", "other", "terminal", "state-line", "federal-line", "regional-hub",
        ]
        .map { "path is \($0)" }
        let hours = ["time is weekend", "time is after-hours", "minor is yes", "victim is yes"]
        let pairs = [reasons, paths, hours].map { "(\($0.joined(separator: " or ")))" }
        let when = pairs.joined(separator: " and ")
        func file(_ rules: Int, _ more: String = "") -> String {
            header + share
                + lines(rules) {
                    "notify R-\($0) \"x\" owner within 1 day after asked from everybody when \(when) law \"none\""
                }
                + more
        }
        // The share is one more.
        #expect(errors(file(63)).isEmpty)
        let found = errors(file(64))
        #expect(found.map(\.code) == ["too-many-alternatives"], "\(found.prefix(2))")
        #expect(found.allSatisfy { $0.message.contains("16384") && $0.message.contains("16385") })
        let one = errors(
            header
                + "withhold R \"x\" keep photo when \(when) and (purpose is C or purpose is F) law \"none\"")
        #expect(one.map(\.code) == ["too-many-alternatives"] && one.allSatisfy { $0.message.contains("256") })
    }

    @Test("1 MiB")
    func length() {
        let text = header + share
        let remark = "# " + String(repeating: "x", count: (1 << 20) - text.utf8.count - 3) + "\n"
        #expect((text + remark).utf8.count == 1 << 20)
        #expect(errors(text + remark).isEmpty)
        let found = errors(text + remark + "\n")
        #expect(found.contains { $0.code == "file-too-long" && $0.message.contains("1048576") })
    }

    @Test("200,000 words, a text of 500 bytes, a rule's name of 40 characters")
    func words() {
        let many = errors(header + String(repeating: "a ", count: 200_001))
        #expect(many.contains { $0.code == "file-too-long" && $0.message.contains("200000") })
        let text = String(repeating: "x", count: 500)
        #expect(errors(header + "share S \"\(text)\" give photo to everybody law \"none\"").isEmpty)
        let long = errors(header + "share S \"\(text)x\" give photo to everybody law \"none\"")
        #expect(long.map(\.code) == ["text-too-long"])
        let name = String(repeating: "N", count: 40)
        #expect(errors(header + "share \(name) \"x\" give photo to everybody law \"none\"").isEmpty)
        let named = errors(header + "share \(name)N \"x\" give photo to everybody law \"none\"")
        #expect(named.map(\.code) == ["name-too-long"])
    }

    @Test(
        "conditions nest 32 levels: in a rule, a definition, a promise and behind it, and in what is carried",
        arguments: [
            "refuse R \"x\" from # law \"none\"", "refuse R \"x\" from federal unless # law \"none\"",
            "define d as #", "promise \"p\" # never gets photo",
            "promise \"p\" federal never gets photo, unless #",
            "notify N \"x\" owner within 1 day after asked from # law \"none\"",
            "limit L \"x\" at most 9 look-ups in a day for each agency otherwise refuse from # law \"none\"",
        ])
    func nesting(item: String) {
        func file(_ levels: Int) -> String {
            let nots = String(repeating: "not ", count: levels)
            return header + share + item.replacing("#", with: nots + "federal")
        }
        // The condition and its operand are two.
        #expect(!errors(file(30)).contains { $0.code == "too-deep" }, "\(errors(file(30)))")
        let found = errors(file(31))
        #expect(found.contains { $0.code == "too-deep" && $0.message.contains("32") }, "\(found)")
        #expect(errors(file(20_000)).contains { $0.code == "too-deep" })
    }

    @Test("numbers have an end: the version of a certification, a limit, a duty's clock, a desk's time")
    func numbers() {
        let huge = "99999999999999999999"
        for (text, code) in [
            (
                "require R \"x\" carry certification \"No immigration use\" version \(huge) from federal law \"l\"",
                "bad-version"
            ),
            (
                "limit R \"x\" at most 1000001 look-ups in a day for each agency otherwise refuse from federal law \"l\"",
                "bad-number"
            ),
            ("notify R \"x\" owner within \(huge) days after asked from federal law \"l\"", "no-time"),
            (
                "hold R \"x\" from federal desk \"d\" within \(huge) days otherwise refuse law \"l\"",
                "no-time"
            ),
        ] {
            #expect(errors(header + share + text).map(\.code).contains(code), "\(text)")
        }
    }

    @Test("a file full of mistakes gives a hundred findings, no more, and the first ones first")
    func findings() {
        let found = ExampleWorld.read(
            header + lines(300) { "refuse R-\($0) \"x\" from family US.DSH law \"none\"" }
        ).diagnostics
        #expect(found.count == 100)
        #expect(found.first?.line == 2 && found.last?.line == 101)
    }
}
