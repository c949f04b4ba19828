import ComityDirectory
import ComityTestSupport
import Testing

@Suite("Family paths")
struct FamilyPathTests {
    @Test(
        "A family is within itself and those above it, and within nothing that only begins alike",
        arguments: [
            ("US.DHS.ICE.ERO", "US.DHS.ICE", true), ("US.DHS.ICE", "US.DHS.ICE", true),
            ("US.DHS.ICE", "US", true),
            ("US.DHS", "US.DHS.ICE", false), ("US.DHSX", "US.DHS", false),
            ("US.DHS.ICEX.ERO", "US.DHS.ICE", false),
            ("US.DOJ", "US.DHS", false),
        ])
    func within(path: String, ancestor: String, expected: Bool) {
        #expect(FamilyPath(path)!.isWithin(FamilyPath(ancestor)!) == expected)
    }

    @Test(
        "Being within agrees with a comparison of the parts on random paths", arguments: [21, 22] as [UInt64])
    func withinByParts(seed: UInt64) {
        var random = Seeded(seed)
        func path() -> FamilyPath {
            let count = Int.random(in: 1...4, using: &random)
            return FamilyPath(
                (0..<count).map { _ in ["A", "AB", "B"].randomElement(using: &random)! }.joined(
                    separator: "."))!
        }
        for _ in 0..<3000 {
            let (a, b) = (path(), path())
            #expect(a.isWithin(b) == a.components.starts(with: b.components), "seed \(seed): \(a), \(b)")
        }
    }

    @Test("The family above is the path without its last part")
    func parent() {
        #expect(FamilyPath("US.DHS.ICE")!.parent == FamilyPath("US.DHS"))
        #expect(FamilyPath("US")!.parent == nil)
    }

    @Test(
        "Malformed paths are not read",
        arguments: [
            "", ".", "US.", ".US", "US..DHS", "us.dhs", "US DHS", "US.DHS\n", "ABCDEFGHIJKLM",
            "A.B.C.D.E.F.G.H.I", "É",
        ])
    func malformed(text: String) { #expect(FamilyPath(text) == nil) }
}
