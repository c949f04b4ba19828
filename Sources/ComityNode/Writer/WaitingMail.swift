import ComityExchange
import ComityMessages

/// Which rows of mail still hold a letter that somebody waits for. A row goes once all of its letters are delivered,
/// or the sessions that they were for are gone.
struct WaitingMail {
    /// The letters of each session that wait, in the order of their numbers.
    private var letters: [SessionID: Queue] = [:]
    /// How many letters of each row wait.
    private var rows: [Int64: Int] = [:]

    private struct Queue {
        var letters: [(sequence: UInt64, row: Int64)] = []
        var first = 0
    }

    /// The highest row in use; 0 if there is none.
    var lastRow: Int64 { rows.keys.max() ?? 0 }

    mutating func add(_ session: SessionID, _ sequence: UInt64, row: Int64) {
        letters[session, default: Queue()].letters.append((sequence, row))
        rows[row, default: 0] += 1
    }

    /// A session's link has everything up to a number. Returns the rows that nobody waits for any more.
    mutating func delivered(_ session: SessionID, through sequence: UInt64) -> [Int64] {
        guard let place = letters.index(forKey: session) else { return [] }
        var done: [Int64] = []
        var first = letters.values[place].first
        while first < letters.values[place].letters.count,
            letters.values[place].letters[first].sequence <= sequence
        {
            leave(letters.values[place].letters[first].row, &done)
            first += 1
        }
        letters.values[place].first = first
        if first == letters.values[place].letters.count {
            letters.values[place].letters.removeAll(keepingCapacity: true)
            letters.values[place].first = 0
        } else if first > 64, first * 2 > letters.values[place].letters.count {
            letters.values[place].letters.removeFirst(first)
            letters.values[place].first = 0
        }
        return done
    }

    /// A session ended, and its mail with it. Returns the rows that nobody waits for any more.
    mutating func ended(_ session: SessionID) -> [Int64] {
        var done: [Int64] = []
        guard let queue = letters.removeValue(forKey: session) else { return [] }
        for letter in queue.letters[queue.first...] { leave(letter.row, &done) }
        return done
    }

    private mutating func leave(_ row: Int64, _ done: inout [Int64]) {
        guard let left = rows[row] else { return }
        rows[row] = left > 1 ? left - 1 : nil
        if left == 1 { done.append(row) }
    }
}
