import Foundation

/// System calls of a process in the order in which they began and ended, as `strace -f -o` wrote them down.
struct SystemCalls {
    /// A call, told when it begins and again when it has ended; one that never ended is told once.
    struct Event {
        var hasEnded: Bool
        /// The call as `strace` states one that nothing interrupted. Before its end the rest of it may be missing.
        var call: Substring

        func names(_ calls: String...) -> Bool { calls.contains { call.contains(" " + $0 + "(") } }
    }

    let events: [Event]

    init(_ path: String) throws {
        self.init(trace: try String(contentsOfFile: path, encoding: .utf8))
    }

    init(trace: String) {
        // Where two threads call at once, a call is told in two lines: its beginning, and later what came of it.
        var begun: [Substring: Substring] = [:]
        var events: [Event] = []
        for line in trace.split(separator: "\n") {
            let thread = line.prefix { $0 != " " }
            if let cut = line.range(of: "<unfinished ...>", options: .backwards) {
                begun[thread] = line[..<cut.lowerBound]
                events.append(Event(hasEnded: false, call: line[..<cut.lowerBound]))
            } else if let resumed = line.range(of: " resumed>") {
                guard let beginning = begun.removeValue(forKey: thread) else { continue }
                events.append(Event(hasEnded: true, call: beginning + line[resumed.upperBound...]))
            } else {
                events.append(Event(hasEnded: false, call: line))
                events.append(Event(hasEnded: true, call: line))
            }
        }
        self.events = events
    }
}

extension SystemCalls.Event {
    /// Touches the log of the store.
    var isOnStoreLog: Bool { call.contains("comity.sqlite-wal>") }

    /// Has made the store's log durable.
    var isFlush: Bool {
        hasEnded && isOnStoreLog && names("fdatasync", "fsync") && sides.returned.hasPrefix("0")
    }

    /// Has written to the store's log.
    var isWrite: Bool { hasEnded && isOnStoreLog && names("pwrite64") }

    /// A message leaves for a link. It counts when it begins.
    var isAnswer: Bool {
        !hasEnded && call.contains("COMITY 1 ") && call.contains("TCP")
            && names("write", "writev", "sendto", "sendmsg")
    }

    /// What the call returned, and why; before that the call itself.
    private var sides: (call: Substring, returned: Substring) {
        guard let equals = call.range(of: " = ", options: .backwards) else { return (call, "") }
        return (call[..<equals.lowerBound], call[equals.upperBound...])
    }

    /// The bytes of the file that a `pwrite64` wrote.
    var written: Range<UInt64>? {
        // ..., 4096, 131234) = 4096
        guard isWrite else { return nil }
        let arguments = sides.call.split(separator: ",").suffix(2).map {
            UInt64($0.trimmingCharacters(in: CharacterSet(charactersIn: " )")))
        }
        guard arguments.count == 2, let length = arguments[0], let offset = arguments[1] else { return nil }
        return offset..<offset + length
    }
}
