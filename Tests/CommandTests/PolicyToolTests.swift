import Foundation
import Testing

/// `policy fmt`, `show`, `lint` and `export`.
struct PolicyToolTests {
    private let washington = CommandWorld.root + "/Examples/policies/WA.policy"

    private func run(_ line: String..., input: String = "") throws -> CommandRun {
        try CommandRun(line, input: Array(input.utf8), home: "/nowhere")
    }

    @Test("a file is formatted in place, once; --check only tells")
    func format() throws {
        let file = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).policy"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let header = "policy WA \"W\" version 1 effective 2026-01-15 # mine\n"
        try (header + "share A \"a\" give licence to police law \"L\"").write(
            toFile: file, atomically: true, encoding: .utf8)
        let checked = try run("policy", "fmt", "--check", file)
        #expect(checked.status == 2)
        #expect(try run("policy", "fmt", file).status == 0)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("# mine") && text.contains("\n  give licence\n"))
        #expect(try run("policy", "fmt", "--check", file).status == 0)
        let piped = try run("policy", "fmt", "-", input: text)
        #expect(piped.output == text)
        let broken = try run("policy", "fmt", "--json", "-", input: "share")
        #expect(broken.status == 1)
        #expect((try broken.object()["error"] as? [String: Any])?["code"] as? String == "policy-unreadable")
    }

    @Test("a policy is shown in plain English")
    func show() throws {
        let shown = try run("policy", "show", washington)
        #expect(shown.status == 0)
        try Golden(folder: "/nowhere").check("policy-show", shown)
        let json = try run("policy", "show", "--json", washington).object()
        #expect((json["rules"] as? [Any])?.count == 6)
        #expect((json["identity"] as? String)?.count == 64)
    }

    @Test("a safeguard is no fault; a share that gives nothing is")
    func lint() throws {
        let header = "policy WA \"W\" version 1 effective 2026-01-15\n"
        let start = header + "share A \"a\" give licence to everybody law \"L\"\n"
        let guarded = try run(
            "policy", "lint", "-", input: start + "withhold B \"b\" keep photo from everybody law \"L\"")
        #expect(guarded.status == 0, "\(guarded.output)")
        #expect(guarded.output.contains("[safeguard]") && guarded.output.contains("keep it."))
        let idle = try run(
            "policy", "lint", "--json", "-", input: start + "share B \"b\" give licence to police law \"L\"")
        #expect(idle.status == 2)
        #expect(idle.output.contains("never-decides"))
    }

    @Test("canonical JSON goes both ways, and Cedar gets four files")
    func export() throws {
        let json = try run("policy", "export", washington)
        #expect(json.status == 0)
        let text = try run("policy", "export", "--from", "json", "-", input: json.output)
        #expect(text.status == 0)
        #expect(text.output == (try run("policy", "export", "--to", "text", washington)).output)
        #expect(try run("policy", "export", "-", input: text.output).output == json.output)
        let wrong = try run("policy", "export", "--from", "json", "-", input: "{\"language\":1}")
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("`policy` is missing"))
        let folder = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try run("policy", "export", "--to", "cedar", "--out", folder, washington).status == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                == ["entities.json", "policies.cedar", "reading.json", "schema.cedarschema"])
    }
}
