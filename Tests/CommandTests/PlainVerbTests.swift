import Foundation
import Testing

/// Verbs that need no home.
struct PlainVerbTests {
    private let golden = Golden(folder: "/nowhere")

    private func run(_ line: String..., input: String = "") throws -> CommandRun {
        try CommandRun(line, input: Array(input.utf8), home: "/nowhere")
    }

    private let question = "DQ.DXICE0100.WA.*FAKE1.TXT\r\nOLN/WDL00000012X"

    @Test("a message is read, checked, and written back byte for byte")
    func messages() throws {
        let parsed = try run("message", "parse", input: question)
        #expect(parsed.status == 0)
        try golden.check("message-parse", parsed)
        let json = try run("message", "parse", "--json", input: question)
        #expect(try json.object()["verdict"] as? String == "accept")
        let written = try run("message", "format", input: json.output)
        #expect(written.status == 0)
        #expect(try run("message", "parse", "--json", input: written.output).output == json.output)
        #expect(try run("message", "check", input: question).status == 0)
    }

    @Test("a message that is refused says where and why, with status 1 and never a value")
    func refusedMessages() throws {
        let refused = try run("message", "parse", "--json", input: "DQ.SHORT.WA.TXT\r\nOLN/SECRETVALUE")
        #expect(refused.status == 1)
        let object = try refused.object()
        #expect(object["verdict"] as? String == "reject")
        #expect(object["offset"] as? Int == 3)
        #expect(!refused.output.contains("SECRETVALUE"))
        let broken = try run("message", "check", input: question + ".RSN/Q")
        #expect(broken.status == 1)
        try golden.check("message-check-refused", broken)
        let nonsense = try run("message", "format", "--json", input: "[1]")
        #expect(nonsense.status == 1)
        #expect((try nonsense.object()["error"] as? [String: Any])?["code"] as? String == "json-unreadable")
    }

    @Test("lists, parts of a plate, regions and pictures are read, checked and written back")
    func motorVehicleKeys() throws {
        var names: Set<String> = []
        for (name, verb) in [
            ("name-list-answer-delivered", "parse"), ("partial-plate-question", "check"),
            ("region-licence-five", "check"), ("photo-answer-delivered", "parse"),
            ("refuse-region-licence-number", "check"), ("refuse-photo-with-history", "check"),
            ("boat-answer", "parse"),
        ] {
            let file = CommandWorld.root + "/Spec/messages/\(name).json"
            let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file)))
            let input = try #require((object as? [String: Any])?["input"] as? String)
            let read = try run("message", verb, input: input)
            try golden.check("message-\(name)", read)
            names.insert(name)
            guard read.status == 0 else { continue }
            let json = try run("message", "parse", "--json", input: input)
            #expect(try run("message", "format", input: json.output).output == input, "\(name)")
        }
        #expect(names.count == 7)
    }

    @Test("agencies are found, shown with their dated ties, and drawn as a tree")
    func agencies() throws {
        try golden.check("agency-show", try run("agency", "show", "DXSHERIF1"))
        try golden.check("agency-find", try run("agency", "find", "seattle", "police"))
        try golden.check("agency-family", try run("agency", "family", "US.DHS.ICE"))
        #expect(try run("agency", "find", "qqqqqqqq").status == 1)
        let unknown = try run("agency", "show", "ZZ0000000")
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("next:"))
    }

    @Test("the example policies are good and their tests pass; a bad one says where")
    func policies() throws {
        let folder = CommandWorld.root + "/Examples/policies/"
        for name in ["WA", "NY", "TX", "network-default", "network-floor"] {
            let tested = try run("policy", "test", folder + name + ".policy")
            #expect(tested.status == 0, "\(tested.output)")
        }
        let bad = FileManager.default.temporaryDirectory.path + "/bad.policy"
        try """
        policy WA "A slip of the pen"
        version 1   effective 2026-01-15   taxonomy 2026.2

        refuse WA-1 "No records for immigration enforcement"
          from family US.DSH.ICE
        """.write(toFile: bad, atomically: true, encoding: .utf8)
        let checked = try run("policy", "check", bad)
        #expect(checked.status == 2)
        #expect(checked.output.contains("bad.policy:5:"))
        #expect(checked.output.contains("^"))
    }

    @Test("wrong usage ends with 64, a missing home with 1 and what to do")
    func wrongUse() throws {
        #expect(try run("can", "DXCBP0100").status == 64)
        #expect(try run("can", "DXCBP0100", "phoot", "--owner", "WA").status == 64)
        #expect(try run("explain").status == 64)
        #expect(try run("nonsense").status == 64)
        let missing = try run("who-did", "--owner", "WA", "--json")
        #expect(missing.status == 1)
        let error = try missing.object()["error"] as? [String: Any]
        #expect((error?["what"] as? String)?.contains("/nowhere") == true)
        #expect((error?["next"] as? String)?.isEmpty == false)
    }

    @Test("a folder of policies can be asked without any home")
    func policiesWithoutHome() throws {
        let folder = CommandWorld.root + "/Examples/policies"
        #expect(try run("can", "DXICE0100", "identity", "--owner", "WA", "--policies", folder).status == 30)
        #expect(
            try run(
                "can", "DXICE0100", "identity", "--owner", "WA", "--paper", "judicial", "--policies", folder
            )
            .status == 0)
    }
}
