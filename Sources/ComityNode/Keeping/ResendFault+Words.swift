package import ComityExchange
import ComityLedger
package import ComityService

extension ServiceError {
    /// Why a message was not sent again, in words.
    package init(_ fault: ResendFault, _ reference: Reference) {
        let others = "give the others with --to, or wait"
        switch fault {
        case .notAmong(let destination):
            self.init(
                "not-among", "`\(reference)` did not go to `\(destination)` the first time",
                next: "name some of those that `comity message trace \(reference)` shows")
        case .waits(let destination, let reason):
            let why =
                reason == .service ? "its destination holds" : "its link has no room or is not connected"
            self.init(
                "still-waiting",
                "the copy of `\(reference)` for `\(destination)` has not gone out yet: \(why)",
                next:
                    "it goes on by itself; `comity service list` and `comity link list` say when, or \(others)"
            )
        case .setAside(let destination, let number):
            self.init(
                "set-aside",
                "the copy of `\(reference)` for `\(destination)` was set aside, because its link broke over it again and again",
                next: "decide about it with `comity message poison release \(number)`, or \(others)")
        case .onItsWay(let destination, let link):
            self.init(
                "on-its-way",
                "the copy of `\(reference)` for `\(destination)` is on its way: link `\(link)` has not said that it has it",
                next:
                    "it is offered again by itself when the link comes back, see `comity link show \(link)`, or \(others)"
            )
        case .notReached(let destination):
            self.init(
                "not-reached", "no link of this switch speaks for `\(destination)` any more",
                next: "see `comity link list`, or give the others with --to")
        case .notTaken(let destination, let state):
            self.init(
                "not-taken", "`\(destination)` does not take this message: its service is `\(state.word)`",
                next: "see `comity service list`, or give the others with --to")
        case .notWritable:
            self.init(
                "not-writable", "the message `\(reference)` cannot be read any more",
                next: "its sender can send it again")
        case .tooLong:
            self.init(
                "too-long", "with the line that marks a repeat, `\(reference)` does not fit its output form",
                next: "ask its sender for a shorter one")
        case .unnamed:
            self.init(
                "unnamed",
                "a message is sent again by somebody and for a reason: a name of 1 to \(ResendOrder.longestPerson) bytes, a reason of 1 to \(ResendOrder.longestReason)",
                next: "give --as and --reason")
        }
    }
}
