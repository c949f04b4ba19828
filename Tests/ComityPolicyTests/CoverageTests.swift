import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import ComityTestSupport
import Testing

/// `docs/policy-coverage.md` against the files that it names.
@Suite struct CoverageTests {
    private static let page = ExampleWorld.text("docs/policy-coverage.md")

    /// The cells of the rows whose first is a number.
    private static let rows: [[String]] = page.split(separator: "\n").compactMap { line in
        let cells = line.split(separator: "|").map { $0.trimmed }
        return cells.count == 3 && Int(cells[0]) != nil ? cells : nil
    }

    @Test("every shape from 1 to 42 is there, once and in order")
    func numbers() {
        #expect(Self.rows.map { $0[0] } == (1...42).map(String.init))
    }

    @Test("every file that is named exists, and has the rules that are named behind it")
    func places() {
        for row in Self.rows {
            let parts = row[2].split(separator: "`", omittingEmptySubsequences: false)
            var named = 0
            for (place, part) in parts.enumerated() where part.hasSuffix(".policy") {
                let path = "Examples/policies/\(part)"
                guard ExampleWorld.illustrations.contains(path) else {
                    Issue.record("shape \(row[0]): there is no \(path)")
                    continue
                }
                let rules = Set(ExampleWorld.illustration(path).rules.map(\.id))
                let behind = place + 1 < parts.count ? Self.ruleNames(parts[place + 1]) : []
                for rule in behind { #expect(rules.contains(rule), "shape \(row[0]): \(part) \(rule)") }
                named += behind.count
            }
            #expect(named > 0 || row[2].hasPrefix("elsewhere:"), "shape \(row[0]) says neither where nor why")
        }
    }

    /// Words such as `WA-3`.
    private static func ruleNames(_ text: Substring) -> [String] {
        text.split { !($0.isLetter || $0.isNumber || $0 == "-") }.filter { word in
            let parts = word.split(separator: "-")
            return parts.count == 2 && parts[0].allSatisfy(\.isUppercase) && parts[1].allSatisfy(\.isNumber)
        }.map(String.init)
    }

    @Test("the table of a thousand look-ups is what the fixtures make of them")
    func matrix() {
        let rows = ExampleWorld.fixtures.map { name in
            let policy = ExampleWorld.fixture(name)
            let gates = Self.lookups(of: policy.policy).map { policy.judgeQuestion($0).gate }
            let counts = [Gate.open, .held, .refused].map { gate in String(gates.count { $0 == gate }) }
            let title = name.prefix(1).uppercased() + name.dropFirst()
            return "| \(title) | \(counts.joined(separator: " | ")) |"
        }.joined(separator: "\n")
        #expect(Self.page.hasSuffix(rows + "\n"), "the page should end with:\n\(rows)")
    }

    /// The same thousand look-ups of any owner's records, on a day on which its policy counts.
    private static func lookups(of policy: Policy) -> [FactVector] {
        var random = Seeded(1)
        let owner = policy.isNetwork ? "GM" : policy.owner.description
        return (0..<1000).map { _ in
            var elements: [Element] = []
            func perhaps(_ percent: Int, _ prefix: String, _ values: String...) {
                guard Int.random(in: 0..<100, using: &random) < percent else { return }
                elements.append(Element(prefix: prefix, value: values.randomElement(using: &random)!))
            }
            perhaps(30, "RSN", "V", "T", "F")
            perhaps(30, "OFFENCE", "traffic", "fraud", "kidnapping", "trafficking", "immigration-entry")
            perhaps(30, "USE", "traffic-stop", "criminal-investigation", "camera-ticket", "civil-immigration")
            perhaps(30, "CASE", "EX-1")
            perhaps(20, "ATTEST", "no-immigration-use", "both")
            perhaps(10, "PAPER", "judicial", "administrative")
            perhaps(5, "BEHALF", "DXICE0100", "DXFBI0200")
            return ExampleWorld.facts(
                askers.randomElement(using: &random)!, asks: kinds.randomElement(using: &random)!,
                owner: owner,
                photo: Int.random(in: 0..<5, using: &random) == 0,
                at: Day(number: policy.effective.number + 30).start + .seconds(54_000), elements: elements)
        }
    }

    private static let kinds: [RequestKind] = [
        .driverByNumber, .driverByNumber, .driverByName, .driverHistory, .vehicleByPlate, .vehicleByPlate,
    ]

    private static let askers = [
        "DXICE0100", "DXHSI0100", "DXCBP0100", "DXUSBP100", "DXFBI0200", "DXDEA0200", "DXSHERIF1",
        "MD0010200", "NH0010000", "RI0010000", "CT0000200",
    ]
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
