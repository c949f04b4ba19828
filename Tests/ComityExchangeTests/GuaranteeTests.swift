import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite("Guarantees of the machine")
struct GuaranteeTests {
    @Test("Guarantee 6: any past decision is made again from its entry alone")
    func guaranteeSix() throws {
        let taxonomy = ExampleWorld.taxonomy
        var world = World()
        world.open(1)
        for ori in ["CO0010100", "DXICE0100", "DXCBP0100", "DXSHERIF1", "DXFBI0100", "CO0999900"] {
            for owner in ["WA", "NY", "TX", "OR"] {
                for more in ["", "RSN/T.", "PAPER/judicial.", "BEHALF/DXICE0100.", "IMQ/Y."] {
                    world.send("DQ.\(ori).\(owner).TXT\r\n\(more)OLN/X0000001")
                }
            }
        }
        var judged = 0
        for owner in ["WA", "NY", "TX", "OR"] {
            for entry in world.questions(owner) {
                // Only what the entry holds, after a trip through its bytes.
                guard case .question(let read) = try LedgerEntry(decoding: try entry.encode()) else {
                    continue
                }
                let facts = try #require(
                    FactVector(
                        codes: read.facts.map(FactCode.init), owner: MemberCode(owner)!, taxonomy: taxonomy))
                let again = world.exchange.rulebook.judgeQuestion(facts)
                #expect(QuestionEntry.Gate(again.judgement.gate) == read.gate)
                #expect(again.judgement.groups.rawValue == read.groups)
                #expect(Array(again.decidedBy.prefix(12)) == read.deciding)
                #expect(again.versions == read.versions)
                judged += 1
            }
        }
        #expect(judged == 6 * 4 * 5)
    }

    @Test(
        "Guarantee 10: an owner whose policy is lost or out of force is refused, never served by the default")
    func guaranteeTen() throws {
        let washington = MemberCode("WA")!
        let expired = try #require(
            ExampleWorld.read(
                """
                policy WA "Washington, out of force"
                version 8 effective 2026-01-01 until 2026-06-30
                share WA-1 "Everybody"
                  give identity
                  to everybody
                  law "none"
                """
            ).policy)
        let compiled = CompiledPolicy(
            expired, taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
        for standing in [Rulebook.Standing.lost(why: "its file is gone"), .policy(compiled)] {
            var world = World()
            world.exchange.rulebook.set(standing, for: washington)
            world.open(1)
            world.send("DQ.CO0010100.WA.*A000000001.TXT\r\nOLN/X0000001")
            #expect(try #require(world.messages().first).statusLine.hasPrefix("COMITY 1 REFUSED WA "))
            #expect(world.asked.isEmpty)
            #expect(world.questions("WA").map(\.noDecisionOnFile) == [false])
        }
        // The same question without any policy ever is answered by the default: that is the difference.
        var world = World(policies: [])
        world.open(1)
        world.send("DQ.CO0010100.WA.*A000000001.TXT\r\nOLN/X0000001")
        #expect(try #require(world.messages().first).statusLine.hasPrefix("COMITY 1 RELEASED"))
    }

    @Test("a policy that became stricter between question and answer counts for the answer")
    func stricterMeanwhile() throws {
        var world = World()
        world.answersAtOnce = false
        world.open(1)
        world.send("DQ.CO0010100.TX.*A000000001.TXT\r\nOLN/X0000001")
        world.exchange.rulebook.set(.lost(why: "withdrawn"), for: MemberCode("TX")!)
        world.answer(.records([World.record]), for: try #require(world.asked.first).lookup)
        #expect(world.closings("TX").map(\.ending) == [.refusedOnAnswer])
        #expect(!String(decoding: world.frames[0], as: UTF8.self).contains("EXAMPLE"))
    }
}

@Suite("Recovery: nothing accepted is lost, nothing is answered twice")
struct RecoveryTests {
    @Test("a crash after any append: every question on disk is answered exactly once in the end")
    func everyInstant() throws {
        var world = World()
        world.open(1)
        world.send("DQ.CO0010100.TX.OR.*A000000001.TXT\r\nOLN/X0000001")
        world.send("DQ.DXICE0100.WA.*A000000002.TXT\r\nOLN/X0000001")
        world.send("DQ.CO0010100.WA.*A000000003.TXT\r\nIMQ/Y.OLN/X0000001")
        for kept in 1...world.appends.count {
            let left = world.remains(keeping: kept)
            var next = World(seed: 99)
            next.takeUp(left)
            next.open(7)
            let texts = next.messages(to: 7).map(\.statusLine)
            let controls = next.messages(to: 7).compactMap(\.control?.description)
            // One answer for each look-up that was accepted; a held one has its notice.
            let accepted = Set(
                world.appends.prefix(kept).flatMap(\.drafts).compactMap { draft -> TransactionID? in
                    if case .question(let entry, _, _, _) = draft { entry.transaction } else { nil }
                })
            #expect(texts.count == accepted.count, "after \(kept) appends: \(texts)")
            #expect(Set(texts).count == texts.count, "after \(kept) appends something was answered twice")
            #expect(controls.count == texts.count)
        }
    }
}
