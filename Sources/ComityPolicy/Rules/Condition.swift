public import ComityDirectory
public import ComityMessages

/// What a rule tests, checked and resolved: every word of it exists.
public indirect enum Condition: Hashable, Sendable {
    /// True for everybody.
    case always
    case test(Test)
    case not(Condition)
    case all([Condition])
    case any([Condition])
    /// A named set or a definition, kept by name so that an explanation can use the word.
    case named(String, Condition)
}

/// One test of one fact. Each is true, false or unknown.
public enum Test: Hashable, Sendable {
    /// The agency's family is this one or lies below it. Whether a family that it is only tied to counts
    /// depends on where the test stands, see `FamilyReach`.
    case family(FamilyPath)
    /// The agency ID is exactly this one.
    case agency(ORI)
    /// The agency ID fits a pattern.
    case pattern(IDPattern)
    /// The agency is of one of these kinds.
    case kind([String])
    /// The agency belongs to one of these members.
    case state([MemberCode])
    /// The agency belongs to the owner of the record.
    case ownState
    /// The agency's member is part of one of these countries, as two capitals.
    case country([String])
    /// What has become of a declaration that the agency signed; `version` is that of its text, `nil` any.
    case certification(name: String, version: Int?, standings: [Certification.Standing])
    /// An enumerated fact has one of these values. Unknown while the fact is absent.
    case fact(position: Int, values: [FactValue])
    /// An enumerated fact was not stated.
    case absent(position: Int)
}

/// Which ties count in a test of the family.
///
/// A tie can only make a rule stricter: a restriction also reaches those who are tied to a family; a share, or
/// an exception from a restriction, reaches only those who belong to it.
public enum FamilyReach: Hashable, Sendable {
    case own
    case ownOrTied

    /// The reach on the other side of a `not`.
    public var swapped: FamilyReach { self == .own ? .ownOrTied : .own }
}

/// An agency ID with `?` for any one character: `DX???0100`.
public struct IDPattern: Hashable, Sendable {
    /// Nine characters.
    public let text: String
    let mask: IDBytes
    let wanted: IDBytes

    /// `nil` if it has not nine characters, or others than capitals, digits and `?`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == ORI.length else { return nil }
        var mask = [UInt8](), wanted = [UInt8]()
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "?"):
                mask.append(0)
                wanted.append(0)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                mask.append(0xFF)
                wanted.append(byte)
            default: return nil
            }
        }
        func front(_ bytes: [UInt8]) -> UInt64 {
            bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        self.text = text
        self.mask = IDBytes(front: front(mask), last: mask[8])
        self.wanted = IDBytes(front: front(wanted), last: wanted[8])
    }

    func matches(_ id: IDBytes) -> Bool {
        id.front & mask.front == wanted.front && id.last & mask.last == wanted.last
    }

    /// Whether an agency ID fits.
    public func matches(_ ori: ORI) -> Bool { matches(IDBytes(ori)) }
}

extension Condition {
    /// Whether any test in it satisfies a predicate.
    func mentions(_ predicate: (Test) -> Bool) -> Bool {
        switch self {
        case .always: false
        case .test(let test): predicate(test)
        case .not(let inner), .named(_, let inner): inner.mentions(predicate)
        case .all(let parts), .any(let parts): parts.contains { $0.mentions(predicate) }
        }
    }
}
