import ComityExchange
import ComityMessages
import ComityService

/// Answers desks from the machine. A decision is answered once it is durable.
enum DeskService {
    static func answer(
        _ request: DeskRequest, switchboard: Inbox<Event>, reply: @escaping @Sendable (DeskReply) -> Void
    ) {
        switch request.do {
        case .held:
            let owner = request.owner.flatMap { MemberCode($0) }
            switchboard.put(
                .visit { exchange in
                    let now = SwitchClock.wall()
                    reply(
                        DeskReply(held: exchange.heldLookupsNow(of: owner).map { HeldCard($0, at: now) }))
                })
        case .decide:
            guard let decision = request.decision else {
                return reply(
                    DeskReply(
                        ServiceError(
                            "request-unfit", "the decision cannot be read",
                            next: "use the program that belongs to the switch")))
            }
            switchboard.put(.decide(decision) { reply(DeskReply($0)) })
        }
    }
}
