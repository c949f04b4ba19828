import Foundation
import Testing

/// `comity policy judge`.
struct PolicyJudgeTests {
    private static let judging = CommandWorld.root + "/Examples/judging"
    private static let folder = ["policy", "judge", "--policy", CommandWorld.root + "/Examples/policies"]

    @Test("the example look-ups are judged as the example says, from a file and from standard input")
    func example() throws {
        let requests = "\(Self.judging)/requests.jsonl"
        let expected = try String(contentsOfFile: "\(Self.judging)/judgements.jsonl", encoding: .utf8)
        let read = try CommandRun(Self.folder + ["--requests", requests, "--json"], home: "/nowhere")
        #expect(read.status == 0, "\(read.errors)")
        #expect(read.output == expected)
        let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: requests)))
        let piped = try CommandRun(
            Self.folder + ["--requests", "-", "--json"], input: bytes, home: "/nowhere")
        #expect(piped.output == expected)
    }

    @Test(
        "a line that cannot be judged is told of in its place, all others are judged, and the status is 2",
        arguments: [
            ("{\"owner\":\"WA\"", "no JSON"), ("[1]", "no JSON object"),
            ("{\"owner\":\"WA\"}", "`request` is missing"),
            ("{\"request\":\"driver-photo\"}", "`owner` is missing"),
            ("{\"owner\":\"WA\",\"request\":\"driver-photo\",\"reason\":\"Q\"}", "`reason` is `Q`"),
            ("{\"owner\":\"WA\",\"request\":\"driver-photo\",\"reason\":1}", "`reason` is no text"),
            ("{\"owner\":\"WA\",\"request\":\"driver-photo\",\"colour\":\"red\"}", "`colour`"),
            ("{\"owner\":\"WA\",\"request\":\"driver-photo\",\"agency\":\"wa\"}", "`wa` is no agency ID"),
        ])
    func badLine(line: String, why: String) throws {
        let good = "{\"owner\":\"WA\",\"request\":\"driver-photo\"}\n"
        let run = try CommandRun(
            Self.folder + ["--requests", "-", "--json"], input: Array((good + line + "\r\n\n" + good).utf8),
            home: "/nowhere")
        #expect(run.status == 2)
        let lines = run.output.split(separator: "\n").map { Data($0.utf8) }
        let objects = try lines.map { try JSONSerialization.jsonObject(with: $0) as? [String: Any] ?? [:] }
        #expect(objects.map { $0["line"] as? Int } == [1, 2, 4])
        let error = objects[1]["error"] as? [String: Any]
        #expect((error?["what"] as? String)?.contains("-:2: ") == true)
        #expect((error?["what"] as? String)?.contains(why) == true, "\(run.output)")
    }

    @Test("other words and another directory can be brought; what is missing there is said")
    func otherData() throws {
        let data = CommandWorld.root + "/Data"
        let request = Array("{\"owner\":\"WA\",\"request\":\"driver-photo\"}\n".utf8)
        let same = try CommandRun(
            Self.folder + [
                "--requests", "-", "--taxonomy", data + "/taxonomy/taxonomy.json", "--directory",
                data + "/directory",
            ], input: request, home: "/nowhere")
        #expect(same.status == 0, "\(same.errors)")
        let none = try CommandRun(
            Self.folder + ["--requests", "-", "--directory", "/nowhere"], input: request, home: "/nowhere")
        #expect(none.status == 1)
        #expect(none.errors.contains("/nowhere/agencies.csv"))
        let check = try CommandRun(
            ["policy", "check", "--taxonomy", "/nowhere.json", Self.folder[3] + "/WA.policy"],
            home: "/nowhere")
        #expect(check.status == 1)
    }

    @Test("--bench prints what a judgement costs")
    func bench() throws {
        let run = try CommandRun(
            Self.folder + [
                "--requests", "\(Self.judging)/requests.jsonl", "--bench", "--seconds", "0.2", "--json",
            ], home: "/nowhere")
        let figures = try run.object()
        for field in ["meanNanoseconds", "p50Nanoseconds", "p99Nanoseconds", "judgementsPerSecond"] {
            #expect((figures[field] as? Double ?? 0) > 0, "\(field)")
        }
    }
}
