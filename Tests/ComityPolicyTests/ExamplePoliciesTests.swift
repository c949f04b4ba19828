import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite struct ExamplePoliciesTests {
    @Test("every example policy reads without a finding", arguments: ExampleWorld.names)
    func readsCleanly(name: String) {
        let read = ExampleWorld.read(ExampleWorld.text("Examples/policies/\(name).policy"))
        #expect(read.policy != nil)
        let unexpected = read.diagnostics.filter {
            !["opens-on-absence", "derivable-twin"].contains($0.code)
        }
        #expect(unexpected.isEmpty, "\(unexpected.map(\.description))")
    }

    @Test("the tests in the example files pass", arguments: ExampleWorld.names)
    func ownTests(name: String) {
        let results = PolicyTests.run(
            ExampleWorld.policy(name), taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
        #expect(!results.isEmpty)
        for result in results { #expect(result.passed, "\(name): \(result.title): \(result.failures)") }
    }

    @Test("a failing test says what came instead")
    func failingTest() throws {
        let text =
            ExampleWorld.text("Examples/policies/TX.policy") + """

                test "wrong"
                  police of OK asks vehicle-by-plate
                  expect refused
                """
        let policy = try #require(ExampleWorld.read(text).policy)
        let result = try #require(
            PolicyTests.run(policy, taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory).last)
        #expect(result.failures == ["expected refused, got open by TX-1"])
    }
}
