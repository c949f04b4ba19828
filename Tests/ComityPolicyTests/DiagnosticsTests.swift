import ComityPolicy
import ComityPolicyTestSupport
import ComityTestSupport
import Testing

private let header = "policy WA \"Test\" version 1 effective 2026-01-15\n"

@Suite struct DiagnosticsTests {
    @Test(
        "each mistake has its code and place",
        arguments: [
            ("refuse R \"x\" from family US.DSH law \"l\"", "unknown-family", 2, 26),
            ("share R \"x\" give idenity to everybody law \"l\"", "unknown-group", 2, 18),
            ("refuse R \"x\" from lawenforcement law \"l\"", "unknown-word", 2, 19),
            ("refuse R \"x\" when reason is X law \"l\"", "unknown-value", 2, 29),
            ("refuse R \"x\" from agency DXNOBODY0 law \"l\"", "unknown-agency", 2, 26),
            ("refuse R \"x\" from pattern DXQ?????? law \"l\"", "empty-set", 2, 27),
            ("refuse R \"x\" from state WA and state OR law \"l\"", "never-applies", 2, 8),
            ("refuse R \"x\" from federal unless federal law \"l\"", "exception-covers-rule", 2, 8),
            ("refuse R \"x\" when reason is N and reason absent law \"l\"", "never-applies", 2, 8),
            ("refuse R \"x\" from federal and police or tribal-police law \"l\"", "and-or", 2, 38),
            ("refuse R \"x\" law \"l\"", "no-subject", 2, 8),
            ("hold R \"x\" from federal law \"l\"", "no-desk", 2, 6),
            (
                "hold R \"x\" from federal desk \"d\" with three people within 1 day otherwise refuse law \"l\"",
                "how-many-people", 2, 39
            ),
            ("define a as b\ndefine b as a", "circular-definition", 3, 13),
            ("require R \"x\" from federal law \"l\"", "nothing-carried", 2, 9),
            ("require R \"x\" carry breadth from federal law \"l\"", "not-carried", 2, 21),
            ("require R \"x\" carry paper from federal law \"l\"", "unfinished-test", 2, 21),
            ("notify R \"x\" from federal law \"l\"", "no-duty", 2, 8),
            ("notify R \"x\" subject within 3 weeks after released from federal law \"l\"", "no-time", 2, 14),
            ("notify R \"x\" subject before asked from federal law \"l\"", "never-before", 2, 14),
            (
                "notify R \"x\" subject within 3 days after relesed from federal law \"l\"", "unknown-event",
                2, 42
            ),
            ("limit R \"x\" from federal law \"l\"", "no-limit", 2, 7),
            (
                "limit R \"x\" at most 0 look-ups in a day for each agency otherwise refuse from federal law \"l\"",
                "bad-number", 2, 13
            ),
            (
                "limit R \"x\" at most 9 look-ups in a year for each agency otherwise refuse from federal law \"l\"",
                "no-time", 2, 37
            ),
            (
                "limit R \"x\" at most 9 look-ups in a day for each agency otherwise refuse when minor is yes law \"l\"",
                "limit-on-record", 2, 7
            ),
            ("refuse R \"x\" carry reason from federal law \"l\"", "unexpected", 2, 14),
            ("refuse R \"x\" from country FR law \"l\"", "unknown-country", 2, 27),
            ("refuse R \"x\" when certification \"a\" is valid law \"l\"", "unknown-value", 2, 40),
            ("refuse R \"x\" from federal answer as not-on-file law \"l\"", "neutral-without-record", 2, 27),
            ("treat robery as serious", "unknown-value", 2, 7),
            ("treat robbery as serius", "unknown-class", 2, 18),
            ("promise \"x\" family US.DHS never gets adress", "unknown-group", 2, 38),
            ("promise \"x\" offence is homicide never gets address", "promise-about-facts", 2, 1),
            ("refuse R \"open", "open-text", 2, 10),
            ("refuse R \"x\" from “federal” law \"l\"", "unreadable-character", 2, 19),
        ])
    func codes(text: String, code: String, line: Int, column: Int) {
        let read = ExampleWorld.read(header + text)
        #expect(read.policy == nil)
        let found = read.diagnostics.filter { $0.code == code }.map { [$0.line, $0.column] }
        #expect(found.contains([line, column]), "\(read.diagnostics.map(\.description))")
    }

    @Test("several mistakes are found in one run, with suggestions")
    func several() {
        let read = ExampleWorld.read("policy WA \"Test\" version 1 effective 2026-13-01")
        #expect(
            read.diagnostics.map(\.description) == [
                "test.policy:1:38: error: `2026-13-01` is not a date [bad-date]; write it as `2026-01-15`"
            ])
        let second = ExampleWorld.read(
            header
                + "share S \"x\" give identty to everybody law \"l\"\nrefuse S \"y\" from family US.DSH law \"l\""
        )
        #expect(
            second.diagnostics.map(\.description) == [
                "test.policy:2:18: error: unknown field group `identty` [unknown-group]; did you mean `identity`?",
                "test.policy:3:8: error: there are two rules `S`; the other is on line 2 [duplicate-rule]; give each rule a name of its own",
                "test.policy:3:26: error: unknown family `US.DSH` [unknown-family]; did you mean `US.DHS`?",
            ])
    }

    @Test("nesting without end is an error, not a crash")
    func nesting() {
        for open in ["(", "not "] {
            let text =
                header + "refuse R \"x\" from " + String(repeating: open, count: 20_000) + "federal law \"l\""
            #expect(ExampleWorld.read(text).diagnostics.contains { $0.code == "too-deep" })
        }
    }

    @Test("definitions that double each other are an error, not a long wait")
    func doubling() {
        var text = header + "define d0 as federal\n"
        for index in 1..<25 { text += "define d\(index) as d\(index - 1) and d\(index - 1)\n" }
        text += "refuse R \"x\" from d24 law \"l\""
        #expect(ExampleWorld.read(text).diagnostics.contains { $0.code == "condition-too-large" })
    }

    @Test("too many alternatives are an error, not a long wait")
    func alternatives() {
        let pair = "(reason is N or purpose is C)"
        let text =
            header + "refuse R \"x\" when " + Array(repeating: pair, count: 20).joined(separator: " and ")
            + " law \"l\""
        #expect(ExampleWorld.read(text).diagnostics.contains { $0.code == "too-many-alternatives" })
    }

    @Test("changed and random texts are read or rejected, and never trap")
    func mutations() {
        let seed: UInt64 = 31
        var random = Seeded(seed)
        let sources = ExampleWorld.names.map {
            Array(ExampleWorld.text("Examples/policies/\($0).policy").utf8)
        }
        let words = [
            "not ", "(", ")", ",", "\"", "and ", "unless ", "test ", "policy ", "define ", "\u{0}", "é",
            "999999999999999999999 ",
        ]
        for _ in 0..<40 {
            var bytes = sources.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 20))
                case 2: bytes.insert(contentsOf: Array(words.randomElement(using: &random)!.utf8), at: place)
                default: bytes = Array(bytes[..<place])
                }
            }
            let read = ExampleWorld.read(String(decoding: bytes, as: UTF8.self))
            #expect((read.policy == nil) == read.diagnostics.contains { $0.severity == .error })
        }
    }
}
