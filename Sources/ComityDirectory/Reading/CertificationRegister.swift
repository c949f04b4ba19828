import ComityMessages

/// All certifications, past and future ones too.
struct CertificationRegister: Sendable {
    /// In a fixed order: agency, name, version, first day.
    let all: [Certification]
    private let byAgency: [ORI: [Certification]]

    /// Bytes of a name, and certifications of one agency: they are recorded with each of its look-ups.
    static let nameLength = 40
    static let mostOfOneAgency = 6
    /// The largest version of a text.
    static let largestVersion = 60_000

    /// Reads `certifications.csv`: `ori,name,version,from,until,revoked,basis`; `until` and `revoked` may be empty.
    init(csv: [UInt8], agencies: AgencyRegister) throws(DirectoryError) {
        guard !csv.isEmpty else {
            all = []
            byAgency = [:]
            return
        }
        var table = try Table(
            file: "certifications.csv", bytes: csv,
            columns: ["ori", "name", "version", "from", "until", "revoked", "basis"])
        var seen: Set<Certification> = []
        var counts: [ORI: Int] = [:]
        while try table.next() {
            let ori = try table.ori(0)
            guard agencies.contains(ori) else {
                throw table.error("there is no agency `\(ori)`", "correct the ID or add the agency")
            }
            let number = try table.text(2)
            guard let version = Int(number), (1...Self.largestVersion).contains(version) else {
                throw table.error("version `\(number)` is not a number from 1 on", "correct it")
            }
            guard let from = try table.day(3) else {
                throw table.error("`from` is empty", "give the first day on which it is in force")
            }
            let name = try table.required(1)
            guard name.utf8.count <= Self.nameLength else {
                throw table.error(
                    "the name `\(name)` has more than \(Self.nameLength) characters", "shorten it")
            }
            let until = try table.day(4)
            if let until, until < from {
                throw table.error(
                    "the last day `\(until)` is before the first `\(from)`", "correct the dates")
            }
            let one = Certification(
                ori: ori, name: name, version: version, from: from, until: until,
                revoked: try table.day(5), basis: try table.required(6))
            guard seen.insert(one).inserted else {
                throw table.error("the same certification stands twice", "remove one of the rows")
            }
            counts[ori, default: 0] += 1
            guard counts[ori, default: 0] <= Self.mostOfOneAgency else {
                throw table.error(
                    "`\(ori)` has more than \(Self.mostOfOneAgency) certifications", "leave out the oldest")
            }
        }
        all = seen.sorted(by: Self.precedes)
        byAgency = Dictionary(grouping: all, by: \.ori)
    }

    func of(_ ori: ORI) -> [Certification] { byAgency[ori] ?? [] }

    private static func precedes(_ a: Certification, _ b: Certification) -> Bool {
        if a.ori != b.ori { return a.ori < b.ori }
        return (a.name, a.version, a.from, a.until?.number ?? .max, a.basis, a.revoked?.number ?? .max)
            < (b.name, b.version, b.from, b.until?.number ?? .max, b.basis, b.revoked?.number ?? .max)
    }
}
