import ComityDirectory
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite struct PromiseTests {
    private static let share = "share S \"x\" give everything to law-enforcement law \"none\"\n"
    private static let refuse =
        "refuse R \"x\" from family US.DHS.ICE unless paper is judicial law \"none\"\n"

    private func result(_ rules: String, _ promise: String, most: Int = EnumeratedPromises.most) throws
        -> PromiseResult
    {
        let read = ExampleWorld.read(
            "policy WA \"Test\" version 1 effective 2026-01-15\n\(rules)promise \"p\"\n  \(promise)\n")
        let policy = CompiledPolicy(
            try #require(read.policy, "\(read.diagnostics)"), taxonomy: ExampleWorld.taxonomy)
        let check = EnumeratedPromises(directory: ExampleWorld.directory, most: most, sample: 20_000)
        let result = try #require(
            PolicyPromises.check(policy, directory: ExampleWorld.directory, by: check).first)
        if case .broken(let witness) = result.outcome {
            // The witness really gets it.
            let judgement = policy.judgeQuestion(witness.facts).meet(policy.judgeAnswer(witness.facts))
            #expect(judgement.groups == witness.groups && !witness.given.isEmpty)
        }
        return result
    }

    private func witness(_ rules: String, _ promise: String) throws -> PromiseWitness? {
        if case .broken(let witness) = try result(rules, promise).outcome { witness } else { nil }
    }

    @Test("a promise that the rules keep is kept, after trying everything")
    func kept() throws {
        let result = try result(
            Self.share + Self.refuse,
            "family US.DHS.ICE never gets address, by any route, unless paper is judicial")
        #expect(result.isKept)
        guard case .complete(let number) = result.proof else {
            Issue.record("\(result.proof)")
            return
        }
        #expect(number > 100)
    }

    @Test("without its exception it is broken by a look-up with a court paper")
    func exception() throws {
        let witness = try #require(
            try witness(Self.share + Self.refuse, "family US.DHS.ICE never gets address, by any route"))
        let paper = ExampleWorld.taxonomy.position(ofFact: "paper")!
        #expect([4, 6].contains(witness.facts.value(at: paper).rawValue))
    }

    @Test(
        "every route is found: another kind of request, a tie, asking for somebody, a desk, a group that gives it away"
    )
    func routes() throws {
        let history =
            "refuse R \"x\" from family US.DHS.ICE when not request is driver-history law \"none\"\n"
        let byRequest = try witness(
            Self.share + history, "family US.DHS.ICE never gets history, by any route")
        #expect(byRequest?.request.kind == .driverHistory)

        let own = "refuse R \"x\" from agency DXICE0100 law \"none\"\n"
        let sister = try witness(Self.share + own, "family US.DHS.ICE never gets address, by any route")
        #expect(sister != nil && sister?.facts.requester.ori != ORI("DXICE0100"))

        // Agencies of the family are refused unless they ask for somebody else, or somebody else asks for them.
        let direct = "refuse R \"x\" from family US.DHS.ICE when on-behalf missing law \"none\"\n"
        let behalf = try witness(Self.share + direct, "family US.DHS.ICE never gets address, by any route")
        if case .agency = behalf?.facts.onBehalf {} else { Issue.record("\(String(describing: behalf))") }

        let desk =
            "hold H \"x\" from family US.DHS.ICE desk \"D\" within 1 hour otherwise refuse law \"none\"\n"
        #expect(
            try witness(Self.share + desk, "family US.DHS.ICE never gets address, by any route")?.isHeld
                == true)
        #expect(try witness(Self.share + desk, "family US.DHS.ICE never gets address") == nil)

        let keep = "withhold W \"x\" keep address from family US.DHS.ICE law \"none\"\n"
        let twin = try witness(Self.share + keep, "family US.DHS.ICE never gets address, by any route")
        #expect(twin?.isByTwin == true && twin?.groups.contains(.registeredOwner) == true)
        #expect(try witness(Self.share + keep, "family US.DHS.ICE never gets address") == nil)
    }

    @Test("too many combinations are sampled, and the result says so; the same sample each time")
    func sampled() throws {
        let promise = "family US.DHS.ICE never gets address, by any route, unless paper is judicial"
        let first = try result(Self.share + Self.refuse, promise, most: 10)
        #expect(first.isKept)
        guard case .sampled(let number) = first.proof else {
            Issue.record("\(first.proof)")
            return
        }
        #expect(number > 10_000)
        #expect(try result(Self.share + Self.refuse, promise, most: 10).proof == first.proof)
    }

    @Test("a tie that was only tried is never said of an agency by its name")
    func namesNobody() throws {
        let own = "refuse R \"x\" when not (state WA, OR) law \"none\"\n"
        let tied = try #require(
            try witness(Self.share + own, "family US.DHS.ICE never gets address, by any route"))
        #expect(tied.facts.requester.affiliations?.isEmpty == false)
        func words(_ witness: PromiseWitness) -> String {
            witness.sentence(taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
        }
        #expect(words(tied).hasPrefix("an agency of the kind "), "\(words(tied))")
        #expect(!words(tied).contains(tied.facts.requester.ori.description))
        let plain = try #require(
            try witness(Self.share, "agency DXICE0100 never gets address, by any route"))
        #expect(words(plain).hasPrefix("DXICE0100 Immigration enforcement"), "\(words(plain))")
    }

    @Test("a promise changes no judgement")
    func changesNothing() throws {
        let read = ExampleWorld.read(
            "policy WA \"Test\" version 1 effective 2026-01-15\n\(Self.share)promise \"p\"\n  everybody never gets address\n"
        )
        let policy = CompiledPolicy(try #require(read.policy), taxonomy: ExampleWorld.taxonomy)
        #expect(policy.judgeQuestion(ExampleWorld.facts("DXFBI0100")).groups.contains(.address))
    }
}
