package import ComityExchange
import ComityService

/// Answers operators from the machine. A decision is answered once it is durable.
enum QueueService {
    static func answer(
        _ request: QueueRequest, switchboard: Inbox<Event>,
        reply: @escaping @Sendable (Result<QueueReply, ServiceError>) -> Void
    ) {
        switch request.do {
        case .services:
            switchboard.put(
                .visit { reply(.success(QueueReply(services: $0.serviceStates.map(ServiceCard.init)))) })
        case .setAside:
            switchboard.put(
                .visit { reply(.success(QueueReply(setAside: $0.setAside.map(SetAsideCard.init)))) })
        case .release, .discard:
            guard let id = request.id else { return reply(.failure(ServiceError(.notSetAside))) }
            switchboard.put(
                .decideSetAside(id, release: request.do == .release) {
                    reply($0.map { QueueReply() }.mapError { ServiceError($0) })
                })
        }
    }
}

extension ServiceError {
    /// Why nothing was done with a message that was set aside, in words.
    package init(_ fault: SetAsideFault) {
        switch fault {
        case .notSetAside:
            self.init(
                "not-set-aside", "no message with this number is set aside",
                next: "see which are with `comity message poison list`")
        case .lookupEnded:
            self.init(
                "look-up-ended",
                "it is a question, and its look-up has ended: an answer to it would match nothing",
                next:
                    "throw it away with `comity message poison discard`; the asker was told and may ask again"
            )
        case .notWritable:
            self.init(
                "not-writable", "the message cannot be read any more",
                next: "throw it away with `comity message poison discard`")
        }
    }
}
