import ComityDirectory
import ComityMessages
import ComityTestSupport
import Testing

@Suite("Bad rows")
struct BadRowTests {
    /// One bad row: where it is put, and what the error says.
    struct Case: CustomTestStringConvertible, Sendable {
        var file: String
        var row: String
        var why: String
        var testDescription: String { "\(file): \(row)" }
    }

    static let cases = [
        Case(file: "agencies.csv", row: "wa0010100,WA,Lower,City", why: "`wa0010100`"),
        Case(file: "agencies.csv", row: "WA001010,WA,Short,City", why: "`WA001010`"),
        Case(file: "agencies.csv", row: "QQ0010100,QQ,Nowhere,City", why: "`QQ`"),
        Case(file: "agencies.csv", row: "DX0010100,DX,Made up among real ones,City", why: "`DX`"),
        Case(file: "agencies.csv", row: "WA0010100,WA,Twice,City", why: "`WA0010100` stands twice"),
        Case(file: "agencies.csv", row: "WA0010200,WA,Odd,Castle", why: "`Castle`"),
        Case(file: "agencies.csv", row: "WA0010200,WA,Too, many,City", why: "5 fields instead of 4"),
        Case(file: "agencies.csv", row: "WA0010200,WA,\"Open,City", why: "no closing quote"),
        Case(file: "agencies.csv", row: "WA0010200,WA,\"Shut\" late,City", why: "closing quote"),
        Case(file: "agencies.csv", row: "WA0010200,WA,In \"side\",City", why: "a quote stands inside"),
        Case(file: "agencies.csv", row: "WA0010200,WA,Tab\there,City", why: "control character"),
        Case(file: "federal.csv", row: "DXFBI0100,Desk,federal,DX,US.DOJ", why: "no family `US.DOJ`"),
        Case(file: "federal.csv", row: "DXFBI0100,Desk,castle,DX,US", why: "`castle`"),
        Case(file: "federal.csv", row: "DXFBI0100,,federal,DX,US", why: "`name` is empty"),
        Case(file: "federal.csv", row: "DXFBI0100,Desk,federal,QQ,US", why: "`QQ`"),
        Case(file: "federal.csv", row: "DXICE0100,Desk,federal,DX,US", why: "stands twice"),
        Case(file: "federal.csv", row: "WAFBI0100,Desk,federal,WA,US", why: "`WAFBI0100`"),
        Case(file: "federal.csv", row: "WA0010100,Desk,federal,WA,US", why: "`WA0010100` is a real agency"),
        Case(file: "families.csv", row: "US.XX.YY,Orphan", why: "no family above `US.XX.YY`"),
        Case(file: "families.csv", row: "us,Lower", why: "`us`"),
        Case(file: "families.csv", row: "US.DHS,Twice", why: "`US.DHS` stands twice"),
        Case(file: "states.csv", row: "WA,WB,Twice", why: "stands twice"),
        Case(file: "states.csv", row: "W,WB,Short", why: "`W`"),
        Case(file: "affiliations.csv", row: "DXNOBODY1,US,2026-01-01,,x", why: "no agency `DXNOBODY1`"),
        Case(file: "affiliations.csv", row: "DXSHERIF1,US.X,2026-01-01,,x", why: "no family `US.X`"),
        Case(file: "affiliations.csv", row: "DXSHERIF1,US,2026-02-30,,x", why: "`2026-02-30`"),
        Case(file: "affiliations.csv", row: "DXSHERIF1,US,,,x", why: "`from` is empty"),
        Case(file: "affiliations.csv", row: "DXSHERIF1,US,2026-01-02,2026-01-01,x", why: "before the first"),
        Case(file: "affiliations.csv", row: "DXSHERIF1,US,2026-01-02,,", why: "`basis` is empty"),
    ]

    @Test("A bad row is refused with its file, its line, why and what to do", arguments: cases)
    func badRow(_ bad: Case) throws {
        var files = DirectoryFiles.small
        var line = 0
        func add(_ text: inout String) {
            text += "\n\n# a remark\n" + bad.row
            line = text.split(separator: "\n", omittingEmptySubsequences: false).count
        }
        switch bad.file {
        case "agencies.csv": add(&files.agencies)
        case "federal.csv": add(&files.federal)
        case "families.csv": add(&files.families)
        case "states.csv": add(&files.members)
        default: add(&files.affiliations)
        }
        let error = try #require(throws: DirectoryError.self) { try files.read() }
        #expect(error.file == bad.file)
        #expect(error.line == line)
        #expect(error.why.contains(bad.why), "\(error.why)")
        #expect(!error.next.isEmpty)
        #expect(error.description.hasPrefix("\(bad.file), line \(line): "))
    }

    @Test("An empty file and a missing column are named")
    func header() throws {
        var files = DirectoryFiles.small
        files.families = ""
        #expect(try #require(throws: DirectoryError.self) { try files.read() }.why == "the file is empty")
        files = .small
        files.agencies = "ori,agency_name\nWA0010100,A"
        #expect(
            try #require(throws: DirectoryError.self) { try files.read() }.why
                == "there is no column `agency_type`")
    }

    @Test("Quotes, doubled quotes, commas and line ends of either kind are read")
    func quotes() throws {
        var files = DirectoryFiles.small
        #expect(try files.read().agency(ORI("WAWSP0000")!)?.name == "Example Patrol, Unit \"Q\"")
        files.agencies = "\u{FEFF}" + files.agencies.replacing("\n", with: "\r\n") + "\r\n"
        #expect(try files.read().hash == DirectoryFiles.small.read().hash)
    }

    @Test(
        "Random damage is either read or refused, and never ends the process",
        arguments: [31, 32, 33] as [UInt64])
    func damage(seed: UInt64) throws {
        var random = Seeded(seed)
        let files = DirectoryFiles.small
        let original = Array(files.agencies.utf8)
        var refused = 0
        for _ in 0..<500 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] =
                    [34, 44, 10, 13, 0, 255, 35, 65].randomElement(using: &random)!
            }
            if Bool.random(using: &random) {
                bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
            }
            do throws(DirectoryError) {
                _ = try Directory(
                    agencies: bytes, federal: Array("ori,name,kind,member,family".utf8),
                    affiliations: Array("ori,family,from,until,basis".utf8),
                    members: Array(files.members.utf8),
                    families: Array(files.families.utf8))
            } catch {
                refused += 1
                #expect(error.file == "agencies.csv" && error.line >= 1, "seed \(seed)")
            }
        }
        #expect(refused > 100, "seed \(seed)")
    }
}
