import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityPolicy
import ComityService
import ComityStoreSQLite
import ComityTestSupport
import Foundation
import Testing

/// One decision is described in the same way by `can`, by the answer that was really sent, by `explain`, and by
/// the entry in the owner's ledger.
struct SameWordsTests {
    /// A sampled case: who asks whom for what, stating what.
    struct Sample {
        let agency: ORI
        let owner: MemberCode
        let group: FieldGroup
        let way: AskingWay
        let stated: [Element]

        var message: Message {
            var elements = stated
            let all = ["OLN": "WDL00000012X", "NAM": "FAKE, PERSON", "DOB": "19800101", "SEX": "M"]
            let needed: [String] =
                switch way.request.kind {
                case .driverByNumber: ["OLN"]
                case .driverHistory: way.request.breadth == .oneRecord ? ["OLN"] : ["NAM", "DOB", "SEX"]
                case .driverByName: ["NAM", "DOB", "SEX"]
                case .vehicleByPlate: ["LIC", "LIY", "LIT"]
                default: ["VIN"]
                }
            for prefix in needed {
                elements.append(
                    Element(
                        prefix: prefix,
                        value: all[prefix] ?? ["LIC": "FAKE123", "LIY": "2027", "LIT": "PC"][prefix]
                            ?? "FAKE0000000000001"))
            }
            if way.request.photoAsked { elements.append(Element(prefix: "IMQ", value: "Y")) }
            return Message(
                key: way.key, origin: agency, destinations: [.member(owner)], control: ControlField("SAME"),
                elements: elements)
        }
    }

    static let cases = 1000

    @Test("same words: can, the sent message, explain and the ledger agree on 1,000 sampled cases")
    func sameWords() throws {
        let seed = UInt64.random(in: 1...UInt64.max)
        print("same words: seed \(seed)")
        var random = Seeded(seed)
        let facts = [
            "protected-person": "no", "minor": "no", "document-class": "standard", "resident-consent": "no",
        ]
        let world = try TestSwitch(source: WholeRecords(facts: facts))
        defer { world.node.stop() }
        let samples = (0..<Self.cases).map { _ in Self.sample(&random) }
        let answers = try LinkRun.put(samples.map(\.message), to: world)
        world.node.waitForViews()

        let rulebook = try world.reader.activation(
            taxonomy: Repository.taxonomy, directory: Repository.directory, at: wallClock()
        ).rulebook
        let store = try world.reader.store()
        let views = try world.reader.views()
        let archive = try PolicyArchive(
            control: store.controlEntries(), taxonomy: Repository.taxonomy, directory: Repository.directory)
        let check = AccessCheck(rulebook: rulebook, tables: Repository.tables)
        var outcomes: [Outcome: Int] = [:]

        for (sample, answer) in zip(samples, answers) {
            let lines = answer.text.split(separator: "\n").map(String.init)
            let status = try #require(StatusLine(lines.first ?? ""), "\(sample)")
            outcomes[status.outcome, default: 0] += 1
            let lookup = try #require(
                try RecordedLookup.find(status.reference, views: views, store: store).first)

            // What `can` says of the same question, with the same record in mind.
            var question = AccessQuestion(
                agency: sample.agency, groups: FieldGroupSet([sample.group]), owner: sample.owner,
                at: Timestamp(milliseconds: Int64(lookup.question.time)))
            question.request = sample.way.request.kind
            question.breadth = sample.way.request.breadth
            question.photo = sample.way.request.photoAsked
            question.stated = sample.stated
            question.record = facts
            let trial = try #require(
                try check.trials(question).first { $0.way.request == sample.way.request })
            let explained = rulebook.explain(
                trial.ruling, facts: trial.facts, isAnswer: lookup.sawRecord, reference: nil, for: .asker)

            // `explain`, from the ledger's entries alone.
            let page = LookupPage(lookup, archive: archive, taxonomy: Repository.taxonomy, for: .asker)
            #expect(page.judgedAgain == .same)
            let explanation = try #require(page.explanation)

            // Outcome.
            #expect(page.outcome == status.outcome)
            #expect(lookup.outcome == status.outcome)
            #expect(Verdict(trial.ruling.judgement) == Verdict(status.outcome), "\(sample)")
            // Groups.
            let sent = answer.elements.reduce(into: FieldGroupSet()) { groups, element in
                if let group = Repository.taxonomy.group(ofElement: element.prefix) {
                    groups.formUnion(FieldGroupSet([group]))
                }
            }
            let open = trial.ruling.judgement.gate == .open ? trial.ruling.judgement.groups : []
            #expect(sent == open, "\(sample)")
            #expect(FieldGroupSet(rawValue: lookup.closing?.given ?? 0) == sent)
            #expect(page.groupsReleased == sent.groups.map(\.rawValue))
            #expect((trial.verdict(of: sample.group) == .released) == sent.contains(sample.group))
            // Sentences.
            #expect(explained.sentence == explanation.sentence)
            #expect(explained.lines == explanation.lines.filter { !$0.hasPrefix("Reference ") })
            if status.outcome != .released {
                let words = Array(lines.dropFirst()).filter { !$0.hasPrefix("Decided by ") }
                #expect(words == explanation.lines.map(Self.printable), "\(sample)")
            }
            // Rules.
            let whole = LookupPage(lookup, archive: archive, taxonomy: Repository.taxonomy, for: .owner)
            #expect(trial.ruling.decidedBy == whole.decidedBy)
            if let rule = status.rule { #expect(rule == page.decidedBy.first) }
        }
        print(
            "same words: \(outcomes.map { "\($0.key.words) \($0.value)" }.sorted().joined(separator: ", "))")
        for outcome in [Outcome.released, .releasedInPart, .heldForReview, .refused] {
            #expect(outcomes[outcome, default: 0] > 10, "the sample must hold every outcome")
        }
    }

    private static func sample(_ random: inout Seeded) -> Sample {
        let owners = ["WA", "NY", "TX", "OR"].map { MemberCode($0)! }
        // Half made-up agencies, because those are the ones that rules are about.
        let invented = Repository.directory.agencies.filter(\.isInvented)
        let agencies = Bool.random(using: &random) ? invented : Repository.directory.agencies
        let kinds: Set<RequestKind> = [
            .driverByNumber, .driverByName, .driverHistory, .vehicleByPlate, .vehicleByVIN,
        ]
        let way = Repository.tables.waysToAsk.filter {
            kinds.contains($0.request.kind) && $0.key.description.count == 2
        }
        .randomElement(using: &random)!
        let asked = Repository.taxonomy.groupsAsked(by: way.request).groups
        var stated: [Element] = []
        func perhaps(_ prefix: String, _ values: [String]) {
            if Int.random(in: 0..<3, using: &random) == 0 {
                stated.append(Element(prefix: prefix, value: values.randomElement(using: &random)!))
            }
        }
        if way.key.description == "DQ" { perhaps("RSN", ["N", "F", "V", "T"]) }
        perhaps("OFFENCE", ["homicide", "kidnapping", "traffic"])
        perhaps("PAPER", ["administrative", "judicial"])
        perhaps("CASE", ["FAKE-1"])
        perhaps("BEHALF", ["DXICE0100", "DXCBP0100"])
        return Sample(
            agency: agencies.randomElement(using: &random)!.ori, owner: owners.randomElement(using: &random)!,
            group: asked.randomElement(using: &random)!, way: way, stated: stated)
    }

    /// The wire holds printable ASCII only.
    private static func printable(_ line: String) -> String {
        line.replacingOccurrences(of: "\u{A7}", with: "s.")
    }
}

extension RecordedLookup {
    /// Whether the answer was judged on the facts of a record.
    fileprivate var sawRecord: Bool {
        closing.map { $0.ending == .release || $0.ending == .refusedOnAnswer } ?? false
    }
}
