import ComityExchange
import ComityMessages

/// The other end of a link, as the wire profile wants it: it keeps what it sent until that was acknowledged, sends it again
/// after a break, and knows by its number what it has already.
final class Member {
    let link: String
    /// All messages that it ever sent; the number is the place plus one.
    var sent: [[UInt8]] = []
    var acknowledged: UInt64 = 0
    var received: UInt64 = 0
    /// What it got, each number once.
    var got: [Message] = []
    var connection: ConnectionID?
    /// How many rounds pass until it acknowledges.
    let patience: Int
    /// Whether it breaks down over a message with the word POISON.
    var breaksDown: Bool
    /// How often it did.
    var breakdowns = 0
    /// What it answers to a question.
    let answers: Bool

    init(_ link: String, patience: Int = 1, breaksDown: Bool = false, answers: Bool = false) {
        self.link = link
        self.patience = patience
        self.breaksDown = breaksDown
        self.answers = answers
    }

    func connect(_ hub: inout Hub, as number: inout UInt64) {
        number += 1
        let connection = ConnectionID(number)
        self.connection = connection
        hub.happen { [link, received] exchange, now, _ in
            exchange.linkOpened(connection, link: link, session: "a", received: received, at: now)
        }
    }

    func drop(_ hub: inout Hub) {
        guard let connection else { return }
        self.connection = nil
        hub.happen { exchange, now, _ in
            exchange.linkClosed(connection, at: now)
            return []
        }
    }

    func send(_ text: String, _ hub: inout Hub) {
        sent.append(Array(text.utf8))
        if let connection { hub.received(connection, UInt64(sent.count), sent.last!) }
    }

    func take(_ effect: LinkEffect, _ hub: inout Hub) {
        guard let connection, effect.isFor(connection) else { return }
        switch effect {
        case .welcome(_, _, let received):
            // What the switch has by the welcome, it acknowledges no more.
            acknowledged = max(acknowledged, received)
            for number in received..<UInt64(sent.count) {
                hub.received(connection, number + 1, sent[Int(number)])
            }
        case .acknowledge(_, let through): acknowledged = max(acknowledged, through)
        case .send(_, let sequence, let bytes):
            guard sequence > received,
                let message = try? LegacyCodec.decode(bytes, direction: .output, tables: Hub.tables)
            else { return }
            if breaksDown, message.text.contains("POISON"), message.key == .am {
                breakdowns += 1
                return drop(&hub)
            }
            precondition(sequence == received + 1, "a number is missing")
            received = sequence
            got.append(message)
            if answers, message.key == .dq, let control = message.control {
                send("DR.TXOLN0000.CO.*\(control).TXT\r\nNOT ON FILE", &hub)
            }
        case .notice, .close: drop(&hub)
        }
    }

    func acknowledge(_ hub: inout Hub, round: Int) {
        guard round % patience == 0, let connection, received > 0 else { return }
        hub.happen { [received] exchange, _, _ in exchange.linkAcknowledged(connection, through: received) }
    }
}

extension LinkEffect {
    fileprivate func isFor(_ connection: ConnectionID) -> Bool {
        switch self {
        case .welcome(connection, _, _), .send(connection, _, _), .acknowledge(connection, _),
            .notice(connection, _), .close(connection):
            true
        default: false
        }
    }
}
