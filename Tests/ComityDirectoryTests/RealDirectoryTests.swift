import ComityDirectory
import ComityMessages
import Testing

/// The files of the project, read once.
private let directory = Result { try DirectoryFiles.real().read() }

@Suite("The project's own directory")
struct RealDirectoryTests {
    @Test("All 23,156 agencies of the public list are there, and about forty made-up federal ones")
    func counts() throws {
        let all = try directory.get().agencies
        #expect(all.count(where: { !$0.isInvented }) == 23_156)
        #expect((35...50).contains(all.count(where: { $0.isInvented && $0.kind == .federal })))
        #expect(all.map(\.ori) == all.map(\.ori).sorted())
    }

    @Test(
        "The agencies of the story are where the story puts them",
        arguments: [
            ("DXICE0100", "US.DHS.ICE.ERO"), ("DXHSI0100", "US.DHS.ICE.HSI"), ("DXCBP0100", "US.DHS.CBP.OFO"),
            ("DXUSBP100", "US.DHS.CBP.USBP"), ("DEDEA0100", "US.DOJ.DEA"),
        ])
    func story(ori: String, family: String) throws {
        let agency = try #require(try directory.get().agency(ORI(ori)!))
        #expect(agency.family == FamilyPath(family))
        #expect(agency.kind == .federal)
    }

    @Test("The deputised sheriff has no family of his own and is tied to immigration enforcement")
    func sheriff() throws {
        let directory = try directory.get()
        let ori = ORI("DXSHERIF1")!
        let agency = try #require(directory.agency(ori))
        #expect(agency.kind == .county)
        #expect(agency.family == nil)
        let day = Day("2026-11-23")!
        #expect(directory.affiliations(of: ori, at: day).map(\.family) == [FamilyPath("US.DHS.ICE")!])
        #expect(directory.affiliations(of: ori, at: Day("2025-02-28")!).isEmpty)
    }

    @Test(
        "Every department that the tree must hold is there",
        arguments: [
            "US.DHS.USCIS", "US.DHS.TSA", "US.DHS.USSS", "US.DOJ.FBI", "US.DOJ.DEA", "US.DOJ.ATF",
            "US.DOJ.USMS",
            "US.TREAS", "US.DOI", "US.USPS.USPIS",
        ])
    func departments(path: String) throws {
        let family = try #require(try directory.get().family(FamilyPath(path)!))
        #expect(!family.name.isEmpty)
        #expect(try directory.get().agencies.contains { $0.family?.isWithin(family.path) ?? false })
    }

    @Test(
        "Made-up agencies, and only they, have IDs that begin with DX; their names say that they are made up")
    func invented() throws {
        for agency in try directory.get().agencies {
            #expect(agency.isInvented == agency.ori.description.hasPrefix("DX"))
            if agency.isInvented { #expect(agency.name.hasSuffix("(made up)")) }
        }
    }

    @Test("Only made-up agencies are tied to families")
    func tiesAreInvented() throws {
        let ties = try directory.get().affiliations
        #expect(!ties.isEmpty)
        for tie in ties { #expect(tie.ori.description.hasPrefix("DX")) }
    }

    @Test("Nebraska's IDs begin with NB, and its agencies belong to NE")
    func nebraska() throws {
        let agencies = try directory.get().agencies.filter { $0.ori.description.hasPrefix("NB") }
        #expect(agencies.count == 338)
        #expect(agencies.allSatisfy { $0.member.description == "NE" })
        #expect(try directory.get().name(of: MemberCode("NE")!) == "Nebraska")
    }

    @Test(
        "Each kind has as many agencies as the list says",
        arguments: [
            (AgencyKind.city, 13_828), (.county, 3130), (.stateAgency, 1847), (.statePolice, 1697),
            (.campus, 984),
            (.other, 900), (.unclassified, 537), (.tribal, 224), (.federal, 9),
        ])
    func kinds(kind: AgencyKind, count: Int) throws {
        #expect(try directory.get().agencies.count(where: { $0.kind == kind && !$0.isInvented }) == count)
    }

    @Test("A name with a comma inside quotes is read whole, and a missing name is said to be missing")
    func names() throws {
        let directory = try directory.get()
        #expect(directory.agencies.contains { $0.name.contains(",") && !$0.isInvented })
        #expect(directory.agency(ORI("MA014669E")!)?.name == "(no name in the source)")
    }

    @Test("Loading all of it takes less than 50 ms in release")
    func speed() throws {
        let files = try DirectoryFiles.real()
        let clock = ContinuousClock()
        var best = Duration.seconds(60)
        for _ in 0..<5 { best = min(best, try clock.measure { _ = try files.read() }) }
        print("directory loaded in \(best)")
        #if DEBUG
            let limit = Duration.seconds(60)
        #else
            let limit = Duration.milliseconds(50)
        #endif
        #expect(best < limit)
    }
}
