import ComityMessages

/// Numbers that nobody can take for real ones. None depends on the seed: a person's number gives them.
enum FakeNumber {
    /// A licence number in the made-up format of a state; in Washington `WDL00000012X`.
    static func licence(owner: MemberCode, number: Int) -> String {
        let code = owner.description
        if code == "WA" { return "WDL" + padded(number, 8) + "X" }
        return switch code.utf8.reduce(0, { $0 + Int($1) }) % 4 {
        case 0: code + "DL" + padded(number, 8) + "X"
        case 1: "X" + code + padded(number, 7)
        case 2: code + "000" + padded(number, 6) + "X"
        default: "TST" + code + padded(number, 7)
        }
    }

    /// A plate: `TST0001`.
    static func plate(number: Int) -> String { "TST" + padded(number, 4) }

    /// A vehicle identification number of 17 characters: `1ZZTESTWA00000012`. Real ones never hold I, O or Q, and
    /// systems refuse them, so those letters of a state's code become digits.
    static func vin(owner: MemberCode, number: Int) -> String {
        let code = String(
            owner.description.map { letter in
                switch letter {
                case "I": "1"
                case "O": "0"
                case "Q": "9"
                default: letter
                }
            })
        return "1ZZTEST" + code + padded(number, 8)
    }

    /// A social security number in the area 000, which was never issued.
    static func socialSecurity(_ draws: inout Draws) -> String { "000" + padded(draws.below(1_000_000), 6) }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
