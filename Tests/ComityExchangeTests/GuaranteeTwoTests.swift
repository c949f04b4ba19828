import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import ComityTestSupport
import Testing

/// Guarantee 2: a field group that the judgement does not let through appears in no outgoing frame, log, metric or
/// error; a refused look-up causes no query of the record source.
///
/// 100,000 look-ups under random policies. Every record holds one mark for each field group; the plain interpreter,
/// which the exchange does not use, says which marks may come out.
@Suite("Guarantee 2: what is not let through comes out nowhere")
struct GuaranteeTwoTests {
    private static let lookups = 100_000
    private static let perPolicy = 400

    /// A record whose values say their group: `QZAQZ` is the first.
    private static func record(_ facts: [String: String]) -> VehicleRecord {
        VehicleRecord(
            elements: FieldGroup.allCases.enumerated().map { index, group in
                TaggedElement("E\(Character(UnicodeScalar(UInt8(65 + index))))", mark(index), group)
            }, facts: facts)
    }

    private static func mark(_ index: Int) -> String {
        "QZ\(Character(UnicodeScalar(UInt8(65 + index))))QZ"
    }

    /// The groups whose mark stands in some bytes.
    private static func marks(in bytes: [UInt8]) -> FieldGroupSet {
        var found: [FieldGroup] = []
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index + 4 < bytes.count {
                if bytes[index] == 81, bytes[index + 1] == 90, bytes[index + 3] == 81, bytes[index + 4] == 90
                {
                    let place = Int(bytes[index + 2]) - 65
                    if FieldGroup.allCases.indices.contains(place) {
                        found.append(FieldGroup.allCases[place])
                    }
                    index += 4
                }
                index += 1
            }
        }
        return FieldGroupSet(found)
    }

    private static let askers = [
        "CO0010100", "OR0010000", "DXICE0100", "DXHSI0100", "DXCBP0100", "DXSHERIF1", "DXFBI0100",
        "CO0999900",
    ]
    private static let stated = [
        "", "RSN/T.", "RSN/I.", "PAPER/judicial.", "PAPER/administrative.", "CASE/26-1182.",
        "OFFENCE/homicide.",
        "EMERGENCY/Y.", "BEHALF/DXICE0100.", "IMQ/Y.",
    ]

    @Test(
        "100,000 look-ups under random policies: no mark of a group not let through, no query for a refused one"
    )
    func marksStayIn() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = Seeded(seed)
        var policies = RandomPolicy(seed: seed)
        var judged = (open: 0, refused: 0, held: 0, marks: 0)
        for _ in 0..<(Self.lookups / Self.perPolicy) {
            var policy = policies.next()
            while policy.isNetwork { policy = policies.next() }
            var world = World(seed: random.next(), policies: [policy])
            world.open(1)
            let open = try #require(MemberCode(policy.owner.description))
            for number in 0..<Self.perPolicy {
                let facts = [
                    "protected-person": ["yes", "no"][number % 2], "minor": ["no", "yes", "no"][number % 3],
                ]
                .filter { _ in Int.random(in: 0..<8, using: &random) > 0 }
                world.source = { _ in .records([Self.record(facts)]) }
                let before = (frames: world.frames.count, asked: world.asked.count)
                var statements = Self.stated.shuffled(using: &random).prefix(
                    Int.random(in: 0...3, using: &random))
                if statements.contains("PAPER/judicial.") {
                    statements.removeAll { $0 == "PAPER/administrative." }
                }
                world.send(
                    "DQ.\(Self.askers.randomElement(using: &random)!).\(open).TXT\r\n"
                        + statements.joined() + "OLN/X0000001")
                let allowed = Self.allowed(world, owner: open.description, facts: facts)
                let came = world.frames[before.frames...].map(Self.marks).reduce(into: FieldGroupSet()) {
                    $0.formUnion($1)
                }
                #expect(
                    came.isSubset(of: allowed.groups),
                    "seed \(seed): \(came.subtracting(allowed.groups).words) came out")
                if allowed.question == .refused {
                    #expect(world.asked.count == before.asked, "seed \(seed): a refused look-up was asked")
                    judged.refused += 1
                } else if allowed.question == .held {
                    judged.held += 1
                } else {
                    judged.open += 1
                }
                judged.marks += came.groups.count
            }
            for entry in world.entries(open.description) {
                #expect(
                    Self.marks(in: try entry.encode()).isEmpty,
                    "seed \(seed): a value stands in a ledger entry")
            }
        }
        // The check is worth something only if all cases came up.
        #expect(judged.open > 1000 && judged.refused > 1000 && judged.marks > 1000, "\(judged)")
    }

    /// What the interpreter says of the last look-up of an owner, from its recorded facts.
    private static func allowed(
        _ world: World, owner: String, facts: [String: String]
    ) -> (groups: FieldGroupSet, question: Gate) {
        let taxonomy = ExampleWorld.taxonomy
        guard let entry = world.questions(owner).last,
            let asked = FactVector(
                codes: entry.facts.map(FactCode.init), owner: MemberCode(owner)!, taxonomy: taxonomy)
        else { return ([], .refused) }
        guard case .policy(let compiled) = world.exchange.rulebook.standing(of: MemberCode(owner)!) else {
            return ([], .refused)
        }
        let answered = asked.adding(record: facts, taxonomy: taxonomy)
        var groups = FieldGroupSet.all
        var gate = Gate.open
        for policy in [compiled.policy, world.exchange.rulebook.floor.policy] {
            let question = Interpreter.judgeQuestion(asked, policy: policy, taxonomy: taxonomy)
            let answer = Interpreter.judgeAnswer(answered, policy: policy, taxonomy: taxonomy)
            groups.formIntersection(question.groups.intersection(answer.groups))
            gate = max(gate, question.gate)
        }
        return (gate == .open ? groups : [], gate)
    }

    @Test("the check notices: a mark in a frame is found")
    func canary() {
        #expect(
            Self.marks(in: Array("NAM/QZAQZ ADR/QZCQZ".utf8)) == [
                FieldGroupSet([.identity]), FieldGroupSet([.address]),
            ])
    }
}
