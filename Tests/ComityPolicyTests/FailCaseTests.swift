import ComityPolicy
import ComityPolicyTestSupport
import FoundationEssentials
import Testing

@Suite("Texts that once broke the policy parser, and the seeds of its fuzzing")
struct FailCaseTests {
    static let files = ["FailCases", "Seeds"].flatMap { folder in
        ExampleWorld.files("Fuzz/\(folder)/policy").filter { !$0.hasSuffix(".gitkeep") }
    }

    @Test(
        "it is a policy or has an error, and a policy is judged as the specification says", arguments: files)
    func replay(file: String) {
        let text = ExampleWorld.text(file)
        let (policy, diagnostics) = ExampleWorld.read(text)
        #expect((policy == nil) == diagnostics.contains { $0.severity == .error })
        let lines = text.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
        #expect(diagnostics.allSatisfy { (1...lines).contains($0.line) && $0.column >= 1 })
        guard let policy else { return }
        let compiled = CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy)
        var lookups = RandomFacts(seed: 5)
        for _ in 0..<200 {
            let facts = lookups.next()
            #expect(
                compiled.judgeAnswer(facts)
                    == Interpreter.judgeAnswer(facts, policy: policy, taxonomy: ExampleWorld.taxonomy))
        }
    }

    @Test("the seeds are there, and each is a policy")
    func seeds() {
        let seeds = Self.files.filter { $0.contains("/Seeds/") }
        #expect(seeds.count >= 6)
        for seed in seeds { #expect(ExampleWorld.read(ExampleWorld.text(seed)).policy != nil, "\(seed)") }
    }
}
