import ComityExchange
import ComityLedger
import ComityMessages
import ComityRecords
import Synchronization

/// Asks record sources, one question after another, on a thread of its own: a slow source delays answers, never
/// the recording of questions.
final class RecordsThread: Sendable {
    let inbox = Inbox<Ask>()
    private let switchboard: Inbox<Event>
    private let source: Mutex<any RecordSource>

    init(switchboard: Inbox<Event>, source: any RecordSource) {
        self.switchboard = switchboard
        self.source = Mutex(source)
    }

    /// Asks another source from the next question on.
    func use(_ new: any RecordSource) { source.withLock { $0 = new } }

    /// How many answers are handed over at once at most: the first should not wait for the last of a long batch.
    private static let batch = 32

    /// Runs until the inbox is closed and empty.
    func run() {
        while let asks = inbox.take() {
            let source = source.withLock { $0 }
            var answers: [(lookup: TransactionID, answer: RecordAnswer)] = []
            for ask in asks {
                answers.append((ask.lookup, source.answer(ask)))
                if answers.count == Self.batch {
                    switchboard.put(.answers(answers))
                    answers = []
                }
            }
            if !answers.isEmpty { switchboard.put(.answers(answers)) }
        }
    }
}
