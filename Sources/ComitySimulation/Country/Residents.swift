import ComityMessages

/// How many people live where: the larger a state, the more its police ask and the more it is asked.
enum Residents {
    /// Residents in units of 100,000, rounded. Source: census of 2020.
    static let hundredThousands: [String: Int] = [
        "AK": 7, "AL": 50, "AR": 30, "AZ": 72, "CA": 395, "CO": 58, "CT": 36, "DC": 7, "DE": 10, "FL": 215,
        "GA": 107, "HI": 15, "IA": 32, "ID": 18, "IL": 128, "IN": 68, "KS": 29, "KY": 45, "LA": 47, "MA": 70,
        "MD": 62, "ME": 14, "MI": 101, "MN": 57, "MO": 62, "MS": 30, "MT": 11, "NC": 104, "ND": 8, "NE": 20,
        "NH": 14, "NJ": 93, "NM": 21, "NV": 31, "NY": 202, "OH": 118, "OK": 40, "OR": 42, "PA": 130, "RI": 11,
        "SC": 51, "SD": 9, "TN": 69, "TX": 291, "UT": 33, "VA": 86, "VT": 6, "WA": 77, "WI": 59, "WV": 18,
        "WY": 6,
    ]

    /// The weight of a state; a state that the table does not name counts as a small one.
    static func weight(of state: MemberCode) -> Int { hundredThousands[state.description] ?? 10 }
}
