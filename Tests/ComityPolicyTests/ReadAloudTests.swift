import ComityPolicy
import ComityPolicyTestSupport
import Testing

private let header = "policy WA \"Test\" version 1 effective 2026-01-15\n"

/// Words that are there because a sentence reads better with them, and mean what other words mean.
@Suite struct ReadAloudTests {
    private func policy(_ text: String) throws -> Policy {
        let read = ExampleWorld.read(header + text)
        return try #require(read.policy, "\(read.diagnostics.map(\.description))")
    }

    @Test("`use is not camera-ticket` means `not use is camera-ticket`")
    func isNot() throws {
        func rule(_ condition: String) throws -> Rule {
            try policy("refuse R \"x\" when \(condition) law \"none\"").rules[0]
        }
        #expect(try rule("use is not camera-ticket") == rule("not use is camera-ticket"))
        #expect(
            try rule("use is not camera-ticket and federal") == rule("(not use is camera-ticket) and federal")
        )
        #expect(try rule("use is not camera-ticket") != rule("use is camera-ticket"))
    }

    @Test("what must be carried is never said by what it is not")
    func carried() {
        let read = ExampleWorld.read(
            header + "require R \"x\" carry use is not camera-ticket from federal law \"none\"")
        #expect(read.policy == nil)
        #expect(
            read.diagnostics.map(\.description).contains {
                $0.hasPrefix("test.policy:2:28: error: expected a value of `use` but found `not`")
            }, "\(read.diagnostics.map(\.description))")
    }

    @Test("`nobody ever gets` means `everybody never gets`")
    func nobody() throws {
        let share = "share S \"x\" give identity to everybody law \"none\"\n"
        let first = try policy(share + "promise \"p\" nobody ever gets photo, by any route")
        let second = try policy(share + "promise \"p\" everybody never gets photo, by any route")
        #expect(first.promises == second.promises && first.promises.count == 1)
        for wrong in ["nobody never gets photo", "everybody ever gets photo", "nobody gets photo"] {
            #expect(ExampleWorld.read(header + share + "promise \"p\" \(wrong)").policy == nil, "\(wrong)")
        }
    }

    @Test("a test that expects no duty fails if there is one, and says so")
    func noDuty() throws {
        let text = """
            share S "x" give identity to everybody law "none"
            notify N "x" owner within 1 day after asked from federal law "none"
            test "one" federal asks driver-by-number expect open and no duty N
            test "two" police asks driver-by-number expect open and no duty N
            """
        let results = PolicyTests.run(
            try policy(text), taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
        #expect(results.map(\.failures) == [["expected no duty N, but it is due"], []])
        let wrong = ExampleWorld.read(header + text.replacing("no duty N", with: "no duty M"))
        #expect(wrong.diagnostics.contains { $0.code == "unknown-rule" })
    }
}
