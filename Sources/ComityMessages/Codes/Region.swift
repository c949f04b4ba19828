import FoundationEssentials

/// One region: a group of states with an address of its own.
public struct Region: Hashable, Sendable, Decodable {
    /// The two characters under which it is addressed, for example `E1`.
    public let code: MemberCode
    /// Its states, in the order of the file.
    public let members: [MemberCode]
}

/// The table of regions: which states belong to which.
///
/// It is a file of its own (`Data/codes/regions.json`), because membership is not public: the one that is shipped
/// is invented, and says so.
public struct RegionTable: Sendable, Decodable {
    /// The version of the file.
    public let version: String
    /// How sure the table is, as a whole.
    public let known: Certainty
    public let regions: [Region]

    /// Reads the JSON file.
    ///
    /// - Throws: `CodeTableError` if it is not JSON of this form.
    public init(json: [UInt8]) throws(CodeTableError) {
        do {
            self = try JSONDecoder().decode(RegionTable.self, from: Data(json))
        } catch {
            throw CodeTableError(why: "the table of regions cannot be read: \(CodeTableError.words(error))")
        }
    }
}

extension RegionTable {
    /// Checks that each region is one of the code tables and that no state stands in two.
    func check(member: (MemberCode) -> Member?) throws(CodeTableError) {
        var regions: Set<MemberCode> = []
        var placed: Set<MemberCode> = []
        for region in self.regions {
            guard member(region.code)?.class == .region, regions.insert(region.code).inserted else {
                throw CodeTableError(
                    why:
                        "`\(region.code)` of the table of regions is no region of the code tables, or stands twice"
                )
            }
            for code in region.members {
                guard let state = member(code), state.class == .state || state.class == .territory else {
                    throw CodeTableError(
                        why: "`\(code)` of region `\(region.code)` is no state of the code tables")
                }
                guard placed.insert(state.code).inserted else {
                    throw CodeTableError(why: "`\(code)` stands in two regions, or in one twice")
                }
            }
        }
    }
}
