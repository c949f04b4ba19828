import ComityPolicy
import ComityPolicyTestSupport
import Testing

/// Every file below `Examples/policies`.
@Suite struct IllustrationTests {
    @Test(
        "every illustration reads without an error or an unexpected warning",
        arguments: ExampleWorld.illustrations)
    func readsCleanly(path: String) {
        let read = ExampleWorld.read(ExampleWorld.text(path))
        #expect(read.policy != nil)
        let unexpected = read.diagnostics.filter {
            !["opens-on-absence", "derivable-twin"].contains($0.code)
        }
        #expect(unexpected.isEmpty, "\(unexpected.map(\.description))")
    }

    @Test("the tests in every illustration pass", arguments: ExampleWorld.illustrations)
    func ownTests(path: String) {
        let results = PolicyTests.run(
            ExampleWorld.illustration(path), taxonomy: ExampleWorld.taxonomy,
            directory: ExampleWorld.directory)
        #expect(!results.isEmpty)
        for result in results { #expect(result.passed, "\(path): \(result.title): \(result.failures)") }
    }

    @Test("the promises in every illustration are kept", arguments: ExampleWorld.illustrations)
    func promises(path: String) {
        let policy = CompiledPolicy(ExampleWorld.illustration(path), taxonomy: ExampleWorld.taxonomy)
        let check = EnumeratedPromises(directory: ExampleWorld.directory, most: 100_000, sample: 20_000)
        for result in PolicyPromises.check(policy, directory: ExampleWorld.directory, by: check) {
            guard case .broken(let witness) = result.outcome else { continue }
            let sentence = witness.sentence(
                taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
            Issue.record("\(path): \(result.promise.title): \(sentence)")
        }
    }

    @Test("every illustration says that it is one, and every rule cites what it is modelled on")
    func saysSo() {
        #expect(ExampleWorld.illustrations.count >= 5 + ExampleWorld.fixtures.count + 3 + 9)
        for path in ExampleWorld.illustrations {
            #expect(ExampleWorld.text(path).contains("llustration"), "\(path)")
            let policy = ExampleWorld.illustration(path)
            #expect(policy.title.contains("(illustration)"), "\(path)")
            for rule in policy.rules { #expect(!rule.law.isEmpty, "\(path): \(rule.id)") }
        }
    }

    @Test("every rule but the broadest is named by a test of its file")
    func everyRuleIsTested() {
        for path in ExampleWorld.illustrations where path.contains("fixtures/") || path.contains("shapes/") {
            let text = ExampleWorld.text(path)
            let tests = text.components(upTo: "\ntest ").dropFirst().joined()
            for rule in ExampleWorld.illustration(path).rules {
                if case .share = rule.effect { continue }
                #expect(tests.contains(rule.id), "\(path): no test names \(rule.id)")
            }
        }
    }
}

extension String {
    fileprivate func components(upTo separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
