import ComityPolicy
import ComityPolicyTestSupport
import Foundation
import Testing

@Suite("Policies in plain English") struct ReadingTests {
    private func reading(_ text: String) throws -> PolicyReading {
        let policy = try #require(ExampleWorld.read(text).policy)
        return PolicyReading(policy, taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
    }

    @Test("each rule is a sentence without the marks of the language")
    func sentences() throws {
        var seen = 0
        func look(_ text: String, _ name: String) throws {
            let reading = try reading(text)
            if ProcessInfo.processInfo.environment["COMITY_SHOW"] != nil { print(reading.text) }
            for sentence in reading.rules.map(\.sentence) + reading.promises
                + reading.summary.flatMap(\.lines)
            {
                seen += 1
                #expect(sentence.hasSuffix("."), "\(name): \(sentence)")
                // What stands in quotes is a name that the owner chose.
                let bare = sentence.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
                    .filter { $0.offset % 2 == 0 }.map(\.element).joined(separator: " ")
                #expect(bare.firstRange(of: /[{}=<>&|`_]|US\.[A-Z]/) == nil, "\(name): \(sentence)")
                #expect(!sentence.contains("  "), "\(name): \(sentence)")
            }
        }
        for path in ExampleWorld.illustrations { try look(ExampleWorld.text(path), path) }
        var policies = RandomPolicy(seed: 20_260_306)
        for number in 0..<Cases.number(20) { try look(policies.next().text, "random \(number)") }
        #expect(seen > 100)
    }

    @Test("Washington's policy reads as it should")
    func washington() throws {
        let reading = try reading(ExampleWorld.text("Examples/policies/WA.policy"))
        #expect(reading.owner == "Washington")
        let sentences = Dictionary(uniqueKeysWithValues: reading.rules.map { ($0.id, $0.sentence) })
        #expect(
            sentences["WA-2"]
                == "Nothing at all is given to agencies of Immigration and Customs Enforcement, unless the sender "
                + "states a judge's order or warrant.")
        #expect(
            sentences["WA-4"]
                == "A look-up that asks for the licence photo by agencies of other states, if no case number is stated, "
                + "waits for a person to decide: State desk has 4 hours, and if nobody decides in that time it is "
                + "refused.")
        #expect(reading.summary.map(\.question).contains("Who must be told?"))
    }
}
