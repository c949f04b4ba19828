import ComityDirectory
import ComityMessages

/// A policy as masks over the alternatives of its rules.
///
/// For each state of each thing that is tested there is one row of bits: the alternatives that this state rules
/// out. Judging joins the rows of the states found; what is left over applies. The cost grows with the number of
/// facts and, by 64 alternatives at a time, with the number of alternatives; the number of tests does not matter.
///
/// A restriction is ruled out by what is false, a share by what is not true; so three values need two states
/// of a test and no arithmetic.
struct Plan: Sendable {
    /// An enumerated fact that the policy tests: one row for each state.
    struct FactRows: Sendable {
        var position: Int
        var start: Int
        var count: Int
    }

    /// A family: one row for each of `FamilyState`.
    struct FamilyRows: Sendable {
        var mark: FamilyMark
        var start: Int
    }

    /// What is known of an agency and a family.
    enum FamilyState: Int, CaseIterable {
        case own, tied, none, noneOwnTiesUnknown, tiedOwnUnknown, unknown
    }

    struct IDRows: Sendable {
        var mask: IDBytes
        var wanted: IDBytes
        var fits: Int
        var fitsNot: Int
    }

    struct CountryRow: Sendable {
        var country: String
        var row: Int
    }

    /// A text of a certification: one row for each rank of standing.
    struct CertificationRows: Sendable {
        var name: String
        var version: Int?
        var start: Int
    }

    /// What 64 rules do: a bit is set in the mask of each rule's kind.
    struct Masks: Sendable {
        var share: UInt64 = 0
        var refuse: UInt64 = 0
        var withhold: UInt64 = 0
        var hold: UInt64 = 0
        var notify: UInt64 = 0
        var limitRefuse: UInt64 = 0
        var limitHold: UInt64 = 0
        /// Things that must be carried; a bit that is left means that the thing is missing.
        var missing: UInt64 = 0
        /// Rules with dates of their own.
        var dated: UInt64 = 0
        /// Rules that say something whatever is asked for.
        var always: UInt64 = 0
    }

    static let groups = FieldGroup.allCases.count

    /// The number of alternatives, and of words of 64 bits that they take.
    var count = 0
    var words = 0
    /// All rows, `words` words each. A row is named by the place of its first word.
    var rows: [UInt64] = []
    /// The slot of each alternative. Rules have the slots of their places; then come the things that must be carried.
    var slotOf: [Int32] = []
    /// Whether each alternative's slot is its own number.
    var isOneToOne = true

    var ruleCount = 0
    var slotWords = 0
    var masks: [Masks] = []
    /// For each word of slots and each field group: the rules about it.
    var groupMasks: [UInt64] = []
    /// What each slot's rule shares or withholds.
    var groupsOf: [UInt16] = []
    var firstDay: [Int] = []
    var lastDay: [Int] = []
    var limitNames: [LimitName?] = []
    var ruleOfThing: [Int] = []
    /// Words that places of rules and of things from the 65th on take.
    var farWords = 0

    var facts: [FactRows] = []
    /// The row of an agency that the directory does not know; nil where no rule tests who asks.
    var unknownAgency: Int?
    var kinds: [Int] = []
    var unknownKind = 0
    var stateRow: [Int32] = []
    var unknownState = 0
    var own: (yes: Int, no: Int)?
    var countries: [CountryRow] = []
    var otherCountry = 0
    var unknownCountry = 0
    var ids: [IDRows] = []
    var noID = 0
    var families: [FamilyRows] = []
    var noFamily = 0
    var certifications: [CertificationRows] = []
    var neverCertified = 0
    var unknownCertified = 0
}
