import ComityDirectory

/// A family with a number that is compared first; equal numbers are always confirmed by the text.
struct FamilyMark: Hashable, Sendable {
    let number: UInt64
    let path: FamilyPath

    init(_ path: FamilyPath) {
        self.path = path
        // FNV-1a: a filter only, so its quality does not matter for correctness.
        var number: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in path.description.utf8 { number = (number ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        self.number = number
    }

    /// One bit of 64: a line that holds the family has it in its filter.
    var filter: UInt64 { 1 << (number >> 58) }

    /// The family and every family above it, the nearest first.
    static func line(of path: FamilyPath) -> [FamilyMark] {
        var line: [FamilyMark] = []
        var next: FamilyPath? = path
        while let here = next {
            line.append(FamilyMark(here))
            next = here.parent
        }
        return line
    }
}
