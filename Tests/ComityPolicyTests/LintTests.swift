import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite("Looking for rules that do nothing") struct LintTests {
    private func lint(_ rules: String, most: Int = PolicyLint.most) throws -> [LintFinding] {
        let read = ExampleWorld.read("policy WA \"W\" version 1 effective 2026-01-15\n" + rules)
        let policy = try #require(read.policy, "\(read.diagnostics)")
        return PolicyLint(directory: ExampleWorld.directory, most: most, sample: 50_000).findings(
            CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy), file: "W.policy")
    }

    private func codes(_ findings: [LintFinding]) -> [String] {
        findings.map { "\($0.diagnostic.code) \($0.rules.joined(separator: " "))" }
    }

    @Test("a restriction that another covers is a safeguard, and nobody says to take it out")
    func safeguard() throws {
        let found = try lint(
            """
            share A "a" give everything to everybody law "L"
            refuse B "b" from family US.DHS law "L"
            refuse C "c" from family US.DHS.ICE law "L"
            """)
        #expect(codes(found) == ["safeguard C B"])
        let help = found[0].diagnostic.help
        #expect(help.hasPrefix("keep it.") && help.contains("Immigration and Customs Enforcement"))
        #expect(!found[0].isFault)
        guard case .complete = found[0].proof else {
            Issue.record("\(found[0].proof)")
            return
        }
    }

    @Test("a share of which everything is taken away, and one that another covers")
    func shares() throws {
        let found = try lint(
            """
            share A "a" give licence, photo to law-enforcement law "L"
            share B "b" give licence to police law "L"
            share C "c" give ssn to federal law "L"
            withhold D "d" keep ssn from everybody law "L"
            """)
        #expect(codes(found) == ["never-decides B A", "overridden C D"])
        #expect(found.allSatisfy { $0.isFault })
    }

    @Test("a rule that no look-up meets, and one that says the same as another")
    func deadAndDuplicate() throws {
        let found = try lint(
            """
            share A "a" give everything to everybody law "L"
            share B "b" give photo to state OR and not other-states and kind city law "L"
            refuse C "c" from federal law "L"
            refuse D "d" from federal law "M"
            """)
        #expect(codes(found) == ["dead B", "safeguard C D", "duplicate D C"])
    }

    @Test("a group that is withheld and can be worked out, and a rule that opens on an absence")
    func gaps() throws {
        let found = try lint(
            """
            share A "a" give everything to everybody law "L"
            withhold B "b" keep address from federal law "L"
            refuse C "c" from federal when reason given law "L"
            """)
        #expect(codes(found) == ["derivable-twin B", "opens-on-absence C"])
    }

    @Test("where there is too much to try, it says that it could not tell")
    func couldNotTell() throws {
        let rules = """
            share A "a" give everything to everybody law "L"
            refuse B "b" from federal when reason is V law "L"
            refuse C "c" from federal when (reason is V and offence is fraud) or (reason in V, N and not reason is N and purpose is C) law "L"
            """
        let all = try lint(rules)
        #expect(codes(all) == ["safeguard C B"])
        let found = try lint(rules, most: 1)
        #expect(codes(found).contains { $0.hasPrefix("could-not-tell C") || $0 == "safeguard C B" })
        #expect(!found.contains { $0.diagnostic.code == "dead" })
    }

    @Test("the example policies hold nothing that is dead")
    func examples() throws {
        for name in ExampleWorld.names {
            let compiled = CompiledPolicy(ExampleWorld.policy(name), taxonomy: ExampleWorld.taxonomy)
            let lint = PolicyLint(directory: ExampleWorld.directory, most: 20_000, sample: 20_000)
            let found = lint.findings(compiled, file: name)
            #expect(
                !found.contains { ["dead", "duplicate", "overridden"].contains($0.diagnostic.code) },
                "\(found)")
        }
    }
}
