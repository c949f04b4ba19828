import ComityDirectory
import ComityMessages
import ComityNode
import ComityPolicy
import Foundation

/// The policies that the judging benchmark measures: the examples, and one with many rules that mean nothing.
enum JudgingPolicies {
    private static let examples = ["WA", "NY", "TX", "network-default", "network-floor"]
    static let generatedRules = 20

    static func read(
        data: DataFolder, taxonomy: Taxonomy, directory: Directory
    ) throws -> [(name: String, policy: CompiledPolicy)] {
        var texts: [(String, String)] = []
        for name in examples {
            let path = data.examplePolicies + "/\(name).policy"
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw JudgingBenchmark.Failure(description: "the example policy `\(path)` cannot be read")
            }
            texts.append((name, text))
        }
        texts.append(("generated", generated()))
        return try texts.map { name, text in
            let (policy, diagnostics) = PolicyLanguage.read(
                text, file: name, taxonomy: taxonomy, directory: directory)
            guard let policy else {
                let why = diagnostics.first { $0.severity == .error }
                throw JudgingBenchmark.Failure(
                    description: "policy `\(name)`, line \(why?.line ?? 0): \(why?.message ?? "unusable")")
            }
            return (name, CompiledPolicy(policy, taxonomy: taxonomy, directory: directory))
        }
    }

    /// Twenty rules over families, sets, states, kinds, patterns, claims and facts of the record, like those of a
    /// state with much to say.
    static func generated() -> String {
        let families = ["US.DHS.ICE", "US.DHS.CBP", "US.DOJ.FBI", "US.DHS.ICE.ERO", "US.DOJ"]
        let offences = ["homicide", "kidnapping", "narcotics", "fraud", "immigration-civil"]
        let groups = ["address", "photo", "ssn", "document", "history"]
        let states = ["OR", "TX", "NY", "CA", "ID"]
        var text = """
            policy OR "Made up, to be measured"
            version 1 effective 2026-01-01 taxonomy 2026.2
            define serious as offence in homicide, kidnapping, trafficking, sexual-assault
            define court-order as paper is judicial

            """
        for number in 0..<(generatedRules / 4) {
            text += """
                share S-\(number) "Made up"
                  give identity, description, licence, status, vehicle, registered-owner, safety, \(groups[number])
                  to law-enforcement
                  when not state \(states[number]) or reason given or serious
                  law "None, made up"
                refuse R-\(number) "Made up"
                  from family \(families[number])
                  when offence is \(offences[number]) or reason absent
                  unless court-order
                  law "None, made up"
                withhold W-\(number) "Made up"
                  keep \(groups[number])
                  from federal, kind other
                  unless serious and case-number given and protected-person is no
                  law "None, made up"
                hold H-\(number) "Made up"
                  for \(groups[number])
                  from other-states of \(states[number])
                  when case-number missing and minor is yes
                  desk "State desk" within 4 hours otherwise refuse
                  law "None, made up"

                """
        }
        return text
    }
}
