import ComityDirectory
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

/// What the fixtures must pass and their files alone cannot show.
@Suite struct FixtureTests {
    private func facts(
        _ ori: String, _ owner: String, on day: String = "2026-03-02", _ elements: [(String, String)] = []
    ) -> FactVector {
        ExampleWorld.facts(
            ori, owner: owner, at: Timestamp("\(day)T12:00:00Z")!,
            elements: elements.map { Element(prefix: $0, value: $1) })
    }

    private func explain(
        _ judgement: Judgement, _ facts: FactVector, _ policy: Policy, isDefault: Bool = false,
        isAnswer: Bool = true
    ) -> Explanation {
        Explainer(taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory).explain(
            .init(
                judgement: judgement, facts: facts, policies: [policy], isDefault: isDefault,
                isAnswer: isAnswer, reference: "7F3K-92QD"), for: .asker)
    }

    private func witness(_ policy: CompiledPolicy) throws -> PromiseWitness? {
        let result = try #require(
            PolicyPromises.check(
                policy, directory: ExampleWorld.directory,
                by: EnumeratedPromises(directory: ExampleWorld.directory, most: 100_000, sample: 20_000)
            ).last)
        return if case .broken(let witness) = result.outcome { witness } else { nil }
    }

    @Test(
        "Delta: a standard card, a confidential address and a minor read alike to who asks, and name no rule")
    func delta() {
        let policy = ExampleWorld.fixture("delta")
        let question = facts("DXCBP0100", "MN")
        let plain = [
            "document-class": "enhanced", "protected-person": "no", "victim": "no", "minor": "no",
            "resident-consent": "no",
        ]
        func told(_ changed: [String: String]) -> Explanation {
            let record = question.adding(
                record: plain.merging(changed) { $1 }, taxonomy: ExampleWorld.taxonomy)
            let judgement = policy.judgeQuestion(question).meet(policy.judgeAnswer(record))
            return explain(judgement, record, policy.policy)
        }
        let card = told(["document-class": "standard"])
        #expect(card.isNeutral && card.lines.first == "No record is available for release.")
        #expect(told(["protected-person": "yes"]) == card)
        #expect(told(["minor": "yes"]) == card)
        #expect(told([:]).gate == "open" && !told([:]).isNeutral)
        #expect(!"\(card)".contains("DELTA"))
    }

    @Test("Echo: a look-up through town police is counted once, under the federal family")
    func echo() {
        let policy = ExampleWorld.fixture("echo")
        let through = facts("MD0010200", "MD", [("BEHALF", "DXICE0100")])
        #expect(policy.counted(through).map(\.key) == [.family(FamilyPath("US.DHS")!)])
        #expect(policy.counted(facts("MD0010200", "MD")).isEmpty)
    }

    @Test("Foxtrot: the sister agency that stays open is found")
    func sibling() throws {
        let policy = ExampleWorld.fixture(
            "foxtrot",
            adding: """
                promise "Customs gets no address either"
                  family US.DHS.CBP never gets address, by any route, unless trafficking-case or emergency declared
                """)
        let found = try #require(try witness(policy))
        #expect(found.facts.requester.family??.isWithin(FamilyPath("US.DHS.CBP.OFO")!) == true)
        let words = found.sentence(taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
        #expect(words.contains("line it came in by: a federal line"), "\(words)")
    }

    @Test("Foxtrot: the days between decision and effect break the promise, and none after them")
    func lag() throws {
        let promise = """
            promise "Removal gets no address"
              family US.DHS.ICE never gets address, by any route, unless trafficking-case or emergency declared
            """
        let found = try #require(try witness(ExampleWorld.fixture("foxtrot", adding: promise)))
        #expect(found.facts.at.day < Day("2025-11-19")!)
        let text = ExampleWorld.text("Examples/policies/fixtures/foxtrot.policy")
            .replacing("effective 2025-11-07", with: "effective 2025-11-19")
            .split(separator: "\ntest ", maxSplits: 1)[0]
        let later = try #require(ExampleWorld.read(text + "\n" + promise).policy)
        #expect(try witness(CompiledPolicy(later, taxonomy: ExampleWorld.taxonomy)) == nil)
    }

    @Test("Golf: what is not reportable is exactly what comes over an automated network")
    func golf() {
        let policy = ExampleWorld.fixture("golf")
        let path = ExampleWorld.taxonomy.fact("path")!
        let silent = path.values.filter { value in
            let one = facts("DXFBI0200", "CO", [("ATTEST", "no-immigration-use")]).setting(
                "path", to: path.value(value.code)!, taxonomy: ExampleWorld.taxonomy)
            return policy.judgeQuestion(one).duties(in: [policy.policy]).isEmpty
        }
        #expect(
            Set(silent.map(\.code)) == ["hub", "gateway", "state-line", "federal-line", "regional-hub"])
    }

    @Test("India: who decides, and within which time, stands in the judgement")
    func india() {
        let policy = ExampleWorld.fixture("india")
        func desks(_ time: String) -> [String] {
            let fact = ExampleWorld.taxonomy.fact("time")!
            let one = facts("DXICE0100", "DE").setting(
                "time", to: fact.value(time)!, taxonomy: ExampleWorld.taxonomy)
            return policy.judgeQuestion(one).holds(in: [policy.policy]).map {
                "\($0.desk), \($0.time), otherwise \($0.otherwise.rawValue)"
            }
        }
        #expect(desks("business-hours") == ["Attorney General, 8 hours, otherwise refuse"])
        #expect(desks("weekend") == ["Deputy Attorney General on duty, 16 hours, otherwise refuse"])
    }

    @Test("Lima: whoever is answered by it is told that there is no decision on file")
    func lima() {
        let policy = ExampleWorld.fixture("lima")
        let one = facts("DXICE0100", "GM")
        let told = explain(
            policy.judgeQuestion(one), one, policy.policy, isDefault: true, isAnswer: false)
        #expect(!told.decisionOnFile)
        #expect(told.lines.contains { $0.hasPrefix("No decision on file: Guam") }, "\(told.lines)")
    }

    @Test("Hotel: a fourth state is told the rule, and that nothing it could add helps")
    func hotel() {
        let policy = ExampleWorld.fixture("hotel")
        let one = facts("NH0010000", "CT", on: "2026-06-01")
        let told = explain(policy.judgeQuestion(one), one, policy.policy, isAnswer: false)
        #expect(told.decidingRules.map(\.id).contains("HOTEL-3"))
        #expect(told.lines.contains { $0.contains("No other state, and no federal agency") })
    }

    @Test("Mike: no rule of it speaks of a family or of immigration")
    func mike() {
        let text = ExampleWorld.text("Examples/policies/fixtures/mike.policy")
        #expect(!text.contains("family") && !text.contains("US.DHS") && !text.contains("refuse MIKE-4"))
    }

    @Test("a new office of a family falls under a rule that names the family, without a change of the policy")
    func successor() throws {
        func gate(in family: String) throws -> Gate {
            let row = "DXNEW0100,\"Renamed office (made up)\",federal,DX,\(family)\n"
            let directory = try Directory(
                agencies: ExampleWorld.bytes("Data/directory/agencies.csv"),
                federal: ExampleWorld.bytes("Data/directory/federal.csv") + Array(row.utf8),
                affiliations: ExampleWorld.bytes("Data/directory/affiliations.csv"),
                members: ExampleWorld.bytes("Data/directory/states.csv"),
                families: ExampleWorld.bytes("Data/directory/families.csv"),
                certifications: ExampleWorld.bytes("Data/directory/certifications.csv"))
            let message = Message(
                key: .dq, origin: ORI("DXNEW0100")!, destinations: [.member(MemberCode("HI")!)],
                elements: [Element(prefix: "ATN", value: "OFC EXAMPLE")])
            let facts = FactResolver(taxonomy: ExampleWorld.taxonomy, directory: directory).resolve(
                message, request: Request(kind: .driverByNumber, breadth: .oneRecord, photoAsked: false),
                owner: MemberCode("HI")!, path: "hub", at: Timestamp("2026-03-02T12:00:00Z")!)
            let policy = ExampleWorld.illustration("Examples/policies/shapes/who-asks.policy")
            return CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy).judgeQuestion(facts).gate
        }
        #expect(try gate(in: "US.DOJ.FBI") == .open)
        #expect(try gate(in: "US.DHS.ICE.ERO") == .refused)
    }
}
