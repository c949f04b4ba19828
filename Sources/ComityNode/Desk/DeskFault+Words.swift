package import ComityExchange
import ComityMessages
package import ComityService

extension ServiceError {
    /// Why a desk's decision was not taken, in words.
    package init(_ fault: DeskFault) {
        func list(_ desks: [String]) -> String { desks.map { "`\($0)`" }.joined(separator: ", ") }
        func words(_ groups: FieldGroupSet) -> String {
            groups.groups.map(\.rawValue).joined(separator: ", ")
        }
        switch fault {
        case .notHeld:
            self.init(
                "not-held",
                "no look-up with this reference waits for a person; it was decided, or its time is over",
                next: "see what waits with `comity held list`, and what became of it with `comity explain`")
        case .tooEarly:
            self.init("too-early", "the look-up is not recorded yet", next: "try again in a moment")
        case .otherDesk(let asked):
            self.init(
                "other-desk", "this desk is not asked; the rules ask \(list(asked))",
                next: "name one of them with --desk")
        case .severalDesks(let desks):
            self.init(
                "several-desks", "several desks must decide: \(list(desks))",
                next: "say for which one you decide with --desk")
        case .decidedAlready(let left):
            self.init(
                "decided-already", "this desk has approved it already; it waits for \(list(left))",
                next: "nothing is left to do here")
        case .samePerson(let desk):
            self.init(
                "same-person", "this person has approved it for \(desk), which decides with two people",
                next: "another person of the desk approves with --as, or anybody of it refuses")
        case .notReleasable(let groups, let most):
            self.init(
                "not-releasable",
                "the policy does not let \(words(groups)) through, whoever approves; the most is \(words(most))",
                next: "give some of those, or refuse")
        case .nothingToRelease:
            self.init(
                "nothing-to-release",
                "after what the other desks let through, nothing would be left to release",
                next: "give other groups, or refuse")
        case .tooLong(let what, let limit):
            self.init("too-long", "\(what) is longer than \(limit) bytes", next: "shorten it")
        case .noReviewer:
            self.init("no-reviewer", "a decision has somebody who made it", next: "say who with --as")
        }
    }
}
