import ComityExchange
import ComityMessages
import ComityService

/// Answers desks from the machine. A decision is answered once it is durable.
enum DeskService {
    static func answer(
        _ request: DeskRequest, switchboard: Inbox<Event>,
        reply: @escaping @Sendable (Result<DeskReply, ServiceError>) -> Void
    ) {
        switch request.do {
        case .held:
            let owner = request.owner.flatMap { MemberCode($0) }
            switchboard.put(
                .visit { exchange in
                    let now = SwitchClock.wall()
                    let cards = exchange.heldLookupsNow(of: owner).map { HeldCard($0, at: now) }
                    reply(.success(DeskReply(held: cards)))
                })
        case .decide:
            guard let decision = request.decision else {
                return reply(
                    .failure(
                        ServiceError(
                            "request-unfit", "the decision cannot be read",
                            next: "use the program that belongs to the switch")))
            }
            switchboard.put(.decide(decision) { reply($0.map(DeskReply.init).mapError { ServiceError($0) }) })
        }
    }
}
