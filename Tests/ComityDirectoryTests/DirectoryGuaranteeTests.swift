import ComityDirectory
import ComityMessages
import ComityTestSupport
import Testing

@Suite("What a directory promises")
struct DirectoryGuaranteeTests {
    @Test(
        "An agency that is not in the files is unknown, whatever its ID looks like",
        arguments: [1, 2, 3] as [UInt64])
    func unknownAgency(seed: UInt64) throws {
        let directory = try DirectoryFiles.small.read()
        let known = Set(directory.agencies.map(\.ori))
        var random = Seeded(seed)
        for _ in 0..<2000 {
            let tail = String((0..<7).map { _ in "0123456789ADEILNOPRSTX".randomElement(using: &random)! })
            let ori = ORI(["WA", "NB", "DX", "NE"].randomElement(using: &random)! + tail)!
            #expect((directory.agency(ori) != nil) == known.contains(ori), "seed \(seed)")
            if !known.contains(ori) {
                #expect(directory.affiliations(of: ori, at: Day("2026-02-01")!).isEmpty)
            }
        }
    }

    @Test(
        "An affiliation is in force from its first to its last day, both included, and on no other",
        arguments: [
            ("2026-01-09", false), ("2026-01-10", true), ("2026-02-14", true), ("2026-03-20", true),
            ("2026-03-21", false), ("1990-01-01", false), ("2090-01-01", false),
        ])
    func dates(day: String, inForce: Bool) throws {
        let ties = try DirectoryFiles.small.read().affiliations(of: ORI("DXSHERIF1")!, at: Day(day)!)
        #expect(ties.isEmpty != inForce)
    }

    @Test("An affiliation without a last day stays in force")
    func openEnd() throws {
        var files = DirectoryFiles.small
        files.affiliations = files.affiliations.replacing("2026-03-20", with: "")
        let ties = try files.read().affiliations(of: ORI("DXSHERIF1")!, at: Day("2090-01-01")!)
        #expect(ties.count == 1)
    }

    @Test(
        "The hash is the same whatever the order of the rows, and so is all else",
        arguments: [7, 8, 9] as [UInt64])
    func rowOrder(seed: UInt64) throws {
        var random = Seeded(seed)
        let original = try DirectoryFiles.small.read()
        var files = DirectoryFiles.small
        for path in [
            \DirectoryFiles.agencies, \DirectoryFiles.federal, \DirectoryFiles.families,
            \DirectoryFiles.members,
        ] {
            var lines = files[keyPath: path].split(separator: "\n")
            let header = lines.removeFirst()
            files[keyPath: path] = ([header] + lines.shuffled(using: &random)).joined(separator: "\r\n")
        }
        let shuffled = try files.read()
        #expect(shuffled.hash == original.hash, "seed \(seed)")
        #expect(shuffled.agencies == original.agencies)
        #expect(shuffled.families == original.families)
    }

    @Test(
        "Changing any one fact changes the hash and the version",
        arguments: [
            ("affiliations", "2026-01-10", "2026-01-11"), ("affiliations", "2026-03-20", ""),
            ("affiliations", "US.DHS.ICE", "US.DHS"), ("affiliations", "agreement", "order"),
            ("agencies", "Example Police", "Sample Police"), ("agencies", "County\n", "Other\n"),
            ("federal", "WA,\n", "NE,\n"), ("federal", "US.DOD", "US.DHS"), ("families", "Defense", "War"),
            ("members", "Nebraska", "Nebraska State"),
        ])
    func oneFact(file: String, old: String, new: String) throws {
        let original = try DirectoryFiles.small.read()
        var files = DirectoryFiles.small
        let path: WritableKeyPath<DirectoryFiles, String> =
            switch file {
            case "affiliations": \.affiliations
            case "agencies": \.agencies
            case "federal": \.federal
            case "families": \.families
            default: \.members
            }
        #expect(files[keyPath: path].contains(old))
        files[keyPath: path].replace(old, with: new, maxReplacements: 1)
        let changed = try files.read()
        #expect(changed.hash != original.hash)
        #expect(changed.version != original.version)
        #expect(original.hash.count == 32)
    }

    @Test("Removing an affiliation changes the hash")
    func removal() throws {
        var files = DirectoryFiles.small
        files.affiliations = "ori,family,from,until,basis\n"
        #expect(try files.read().hash != DirectoryFiles.small.read().hash)
    }
}
