public import ArgumentParser
public import ComityDirectory
public import ComityMessages

// Codes may be typed in small letters.

extension ORI: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument.uppercased()) }
}

extension MemberCode: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument.uppercased()) }
}

extension FamilyPath: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument.uppercased()) }
}

/// Why the envelope of one look-up is erased.
enum ErasureReason: String, ExpressibleByArgument, CaseIterable {
    case courtOrder = "court-order"
    case request
}

extension RequestKind: ExpressibleByArgument {}
extension Outcome: ExpressibleByArgument {}
extension Day: ExpressibleByArgument {}
extension Direction: ExpressibleByArgument {}
