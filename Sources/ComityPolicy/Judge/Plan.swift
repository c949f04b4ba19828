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
        var position: UInt16
        var count: UInt16
        var start: Int32
    }

    /// A state that the policy names.
    struct StateRow: Sendable {
        var number: UInt16
        var row: Int32
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
        var number: UInt16
        var country: String
        var row: Int
    }

    /// A text of a certification: one row for each rank of standing.
    struct CertificationRows: Sendable {
        var name: String
        var version: Int?
        var start: Int
    }

    /// What 64 rules, or things that must be carried, do: a bit is set in the mask of each rule's kind.
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

        var limits: UInt64 { limitRefuse | limitHold }
    }

    let groupCount = FieldGroup.allCases.count

    /// Each rule has a slot, at its place in the policy; then come the things that must be carried.
    var ruleCount = 0
    var slotCount = 0
    var slotWords = 0
    /// The first alternative of each slot has the number of the slot; then come all others, and here are their slots.
    var slotsOfOthers: [Int32] = []
    /// The words of 64 bits that all alternatives take.
    var words = 0
    /// All rows, `words` words each. A row is named by the place of its first word. The first row rules out the slots
    /// without an alternative, and whatever stands behind the last alternative.
    var rows: [UInt64] = []

    var masks: [Masks] = []
    /// For each slot: the field groups that its rule is about.
    var groupsOfSlots: [UInt16] = []
    /// The same the other way round, for each word of slots and each field group: the rules about it.
    var groupMasks: [UInt64] = []
    var firstDay: [Int] = []
    var lastDay: [Int] = []
    var limitNames: [LimitName?] = []
    var ruleOfThing: [Int] = []

    var facts: [FactRows] = []
    /// The row of an agency that the directory does not know; nil where no rule tests who asks.
    var unknownAgency: Int?
    /// The first of one row for each kind of agency; nil where no rule tests it.
    var kinds: Int?
    var kindCount = 0
    var unknownKind = 0
    /// Rows of the states named, in the order of their numbers, of any other, and of one that is not known; nil where
    /// no rule tests it.
    var unknownState: Int?
    var otherState = 0
    var states: [StateRow] = []
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
