import ComityPolicy
import ComityPolicyTestSupport
import ComityTestSupport
import Testing

@Suite("The house form of policy files") struct FormatTests {
    @Test("every example file is in the house form", arguments: ExampleWorld.illustrations)
    func inHouseForm(path: String) throws {
        let text = ExampleWorld.text(path)
        #expect(PolicyFormat.format(text, file: path).text == text)
    }

    @Test("example files in another form: formatting twice is formatting once, and no comment is lost")
    func examples() throws {
        for path in ExampleWorld.illustrations {
            let text = ExampleWorld.text(path).replacing("\n  ", with: "\n ")
            let once = try #require(PolicyFormat.format(text, file: path).text)
            #expect(PolicyFormat.format(once, file: path).text == once, "\(path)")
            #expect(comments(text) == comments(once), "\(path)")
            #expect(
                CanonicalPolicy.json(of: text, file: path).json
                    == CanonicalPolicy.json(of: once, file: path).json, "\(path)")
        }
    }

    @Test("random policies with comments anywhere keep every comment and their meaning")
    func randomComments() throws {
        let seed = UInt64(20_260_303)
        var policies = RandomPolicy(seed: seed)
        var random = Seeded(seed &+ 1)
        for _ in 0..<Cases.number(60) {
            let plain = policies.next().text
            let text = scattered(plain, &random)
            let once = try #require(PolicyFormat.format(text, file: "r").text, "seed \(seed)\n\(text)")
            #expect(PolicyFormat.format(once, file: "r").text == once, "seed \(seed)\n\(text)")
            #expect(comments(text) == comments(once), "seed \(seed)\n\(text)\n--\n\(once)")
            #expect(
                try withoutComments(once) == withoutComments(plain), "seed \(seed)\n\(text)\n--\n\(once)")
            #expect(
                CanonicalPolicy.json(of: once, file: "").json
                    == CanonicalPolicy.json(of: text, file: "").json,
                "seed \(seed)\n\(text)\n--\n\(once)")
        }
    }

    @Test("clauses come in their usual order, long lists are broken, and a rule kind never begins a line")
    func layout() throws {
        let text = """
            # top

            policy WA "W" taxonomy 2026.2 version 07 effective 2026-01-15
            refuse WA-2 "b" # behind the name
               law "L1" from ( family US.DHS , agency DXICE0100 ) # who
            # before the exception
               unless (paper is judicial)
            limit WA-1 "a" at most 200 look-ups in a month for each family otherwise hold desk "A desk with a name so long" within 1 day otherwise refuse
              from everybody law "L2"
            # the end
            """
        let expected = """
            # top

            policy WA "W"
            version 7   effective 2026-01-15   taxonomy 2026.2

            refuse WA-2 "b"  # behind the name
              from   family US.DHS or agency DXICE0100  # who
              # before the exception
              unless paper is judicial
              law    "L1"

            limit WA-1 "a"
              at most 200 look-ups in a month for each family otherwise hold desk "A desk with a name so long"
                 within 1 day otherwise refuse
              from everybody
              law  "L2"

            # the end

            """
        #expect(PolicyFormat.format(text, file: "w").text == expected)
        let sorted = try #require(PolicyFormat.format(text, file: "w", sorted: true).text)
        #expect(sorted.contains("limit WA-1 \"a\"") && !sorted.hasSuffix("otherwise refuse\n"))
        let places = ["WA-1", "WA-2"].map { sorted.firstRange(of: $0)?.lowerBound }
        #expect(places[0]! < places[1]!)
    }

    @Test(
        "files with words exchanged, taken out and doubled are formatted and exported as well, if they can be read"
    )
    func mutated() throws {
        let seed: UInt64 = 20_260_307
        var random = Seeded(seed)
        let texts = ExampleWorld.illustrations.map { ExampleWorld.text($0) }
        var readable = 0
        for number in 0..<Cases.number(1500) {
            var words = texts.randomElement(using: &random)!.split(
                separator: " ", omittingEmptySubsequences: false)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<words.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: words.remove(at: place)
                case 1: words.insert(words[place], at: place)
                default: words[place] = words.randomElement(using: &random)!
                }
            }
            let text = words.joined(separator: " ")
            guard let once = PolicyFormat.format(text, file: "").text else { continue }
            readable += 1
            let why: Comment = "seed \(seed), case \(number)\n\(text)\n--\n\(once)"
            #expect(PolicyFormat.format(once, file: "").text == once, why)
            let json = try #require(CanonicalPolicy.json(of: text, file: "").json)
            #expect(CanonicalPolicy.json(of: once, file: "").json == json, why)
            // What has no header, or no number where one belongs, has no place in JSON.
            if let back = try? CanonicalPolicy.text(ofJSON: json) {
                #expect(CanonicalPolicy.json(of: back, file: "").json == json, why)
            } else {
                #expect(ExampleWorld.read(text).policy == nil, why)
            }
        }
        #expect(readable > 100)
    }

    @Test("a file that cannot be read is not formatted, and says why")
    func unreadable() {
        let (text, diagnostics) = PolicyFormat.format("policy WA \"x\"\nshare", file: "f")
        #expect(text == nil)
        #expect(!diagnostics.isEmpty)
    }

    /// The comments of a file in alphabetical order, without spaces at their ends.
    private func comments(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line -> String? in
            var isQuoted = false
            for place in line.indices {
                if line[place] == "\"" { isQuoted.toggle() }
                if line[place] == "#", !isQuoted {
                    return String(line[place...]).trimmingEnd
                }
            }
            return nil
        }.sorted()
    }

    private func withoutComments(_ text: String) throws -> [UInt8] {
        let bare = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var isQuoted = false
            for place in line.indices {
                if line[place] == "\"" { isQuoted.toggle() }
                if line[place] == "#", !isQuoted { return String(line[..<place]) }
            }
            return String(line)
        }.joined(separator: "\n")
        return try #require(CanonicalPolicy.json(of: bare, file: "").json)
    }

    /// The same policy with comments put in at random: on lines of their own, behind lines, between two words.
    private func scattered(_ text: String, _ random: inout Seeded) -> String {
        var number = 0
        func comment() -> String {
            number += 1
            return "# comment \(number) \"" + (number % 3 == 0 ? " refuse X  " : "")
        }
        var result = ""
        var isQuoted = false
        var wasSpace = true
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            let chance = Int.random(in: 0..<100, using: &random)
            if !isQuoted, character == "\n", chance < 20 {
                result += " " + comment() + "\n"
                if chance < 5 { result += "\n" + comment() + "\n\n" }
            } else if !isQuoted, character == " ", !wasSpace, chance < 4, !opens(text, after: result) {
                result += chance < 2 ? "\n  \(comment())\n " : " \(comment())\n "
            } else {
                result.append(character)
            }
            wasSpace = character == " " || character == "\n"
        }
        return result
    }

    /// Whether a line broken here would begin with the kind of a rule.
    private func opens(_ text: String, after written: String) -> Bool {
        written.hasSuffix("otherwise") || written.hasSuffix("hold") && written.contains("otherwise hold")
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        String(reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
