public import ArgumentParser
public import ComityDirectory
package import ComityExchange
public import ComityLedger
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

extension ReviewEntry.Reason: ExpressibleByArgument {
    public init?(argument: String) {
        guard let reason = Self.allCases.first(where: { $0.word == argument.lowercased() }) else {
            return nil
        }
        self = reason
    }
}

extension ServiceEntry.State: ExpressibleByArgument {
    public init?(argument: String) {
        guard let state = Self.allCases.first(where: { $0.word == argument.lowercased() }) else { return nil }
        self = state
    }
}

extension Address: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument.uppercased()) }
}

extension MessageKey: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument.uppercased()) }
}

extension Timestamp: ExpressibleByArgument {}

extension Reference: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
