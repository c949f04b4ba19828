import ComityDirectory
import ComityExchange
import ComityMessages
import ComityNode
import ComityPolicy
import ComityService
import Foundation
import Testing

struct AccessTests {
    private let at = Timestamp("2026-11-23T12:00:00Z")!

    /// A rulebook with one policy for `JX`'s stand-in, Oregon.
    private func rulebook(_ rules: String) throws -> Rulebook {
        let network = "network-default.policy network-floor.policy".split(separator: " ").map(String.init)
        var texts: [String: String?] = [:]
        for name in network {
            texts[name] = try String(contentsOfFile: Repository.policies + "/" + name, encoding: .utf8)
        }
        texts["OR.policy"] = """
            policy OR "A test"
            version 1   effective 2026-01-15   taxonomy 2026.2

            \(rules)
            """
        let folder = try PolicyFolder(
            path: "test", texts: texts, taxonomy: Repository.taxonomy, directory: Repository.directory)
        return try Activation(
            folder, rulebook: folder.base(taxonomy: Repository.taxonomy, directory: Repository.directory),
            tables: Repository.tables, tablesHash: Repository.data.tablesHash(), control: [],
            switchName: "hub", at: at
        ).rulebook
    }

    private func verdict(_ rules: String, _ group: FieldGroup) throws -> AccessAnswer {
        let rulebook = try rulebook(rules)
        let question = AccessQuestion(
            agency: ORI("DXCBP0100")!, groups: FieldGroupSet([group]), owner: MemberCode("OR")!, at: at)
        return try AccessCheck(rulebook: rulebook, tables: Repository.tables).answer(
            question, rulebook: rulebook)
    }

    @Test("yes if any kind of request gives it, and that kind is named")
    func anyKind() throws {
        let answer = try verdict(
            "share OR-1 \"Names in histories only\"\n  give identity\n  to everybody\n  when request is driver-history\n",
            .identity)
        #expect(answer.verdict == .released)
        #expect(answer.sentence.contains("driver-history"))
    }

    @Test("what only the record can open cannot be told, and is not folded into no")
    func onlyIfRecord() throws {
        let answer = try verdict(
            "share OR-1 \"Where the person agreed\"\n  give photo\n  to everybody\n  when resident-consent is yes\n",
            .photo)
        #expect(answer.verdict == .cannotTell)
        #expect(answer.verdict.exitStatus == 40)
    }

    @Test("what the record can still take away is released, with the rule that may")
    func unlessRecord() throws {
        let answer = try verdict(
            """
            share OR-1 "Everything"
              give everything
              to everybody

            refuse OR-2 "Protected persons"
              from everybody
              when protected-person is yes
            """, .photo)
        #expect(answer.verdict == .released)
        #expect(answer.unlessRecordRules == ["OR-2"])
    }

    @Test("guarantee 10: an owner whose policy file is damaged is refused, and is told why")
    func lost() throws {
        let answer = try verdict("share OR-1 nonsense", .photo)
        #expect(answer.verdict == .refused)
        #expect(answer.policyLost != nil)
        #expect(answer.decisionOnFile)
    }
}
