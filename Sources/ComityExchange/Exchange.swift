import ComityLedger
package import ComityMessages
import ComityPolicy

/// The switch as a machine: it is told what happened and says what to do. It never waits, reads a clock, draws a
/// random number, logs, or touches a socket or a disk.
///
/// Everything that releases something comes out of `storeConfirmed`, so nothing can be released that is not
/// durable. Times must never go back between two calls.
package struct Exchange {
    package internal(set) var settings: ExchangeSettings
    let tables: CodeTables
    var relayRoutes: RelayRoutes
    /// The policies in force.
    package var rulebook: Rulebook

    var links = LinkTable()
    var lookups: [TransactionID: Lookup] = [:]
    /// Those that wait for a person.
    var held: Set<TransactionID> = []
    /// The look-ups that wait for an owner behind a link, by the switch's own control value.
    var awaited: [ControlField: TransactionID] = [:]
    var duplicates: DuplicateWindow
    /// Tells people of a desk apart.
    let people: KeyedHash
    var deadlines = DeadlineQueue<TransactionID>()
    /// What waits and has no number yet.
    var queue = MailQueue()
    /// Look-ups that wait for service at their owners.
    var outOfService: Set<TransactionID> = []
    /// What destinations take.
    var services = ServiceTable()
    /// Help texts, and wishes to change the directory.
    package internal(set) var postings = Postings()
    /// Sessions whose links broke while something was sent to them, and which are not offered it for a while.
    var broken: Set<SessionID> = []
    /// The sessions whose links acknowledged mail: the next append says so, and the mail goes off the disk.
    var acknowledgedSessions: Set<SessionID> = []
    private var pending: [UInt64: Pending] = [:]
    private var lastAppend: UInt64 = 0
    var ledgerNames: LedgerNames
    var limits = LimitCounter()
    private var spoken = WordsCache()
    private var named = NamesCache()
    private var known: [ORI: Requester] = [:]
    private var knownOn: Day?

    package init(settings: ExchangeSettings, tables: CodeTables, rulebook: Rulebook, duplicateKey: [UInt8]) {
        self.settings = settings
        self.tables = tables
        relayRoutes = RelayRoutes(settings.links.values)
        self.rulebook = rulebook
        duplicates = DuplicateWindow(
            key: duplicateKey, time: settings.duplicateTime, limit: settings.duplicateLimit)
        people = KeyedHash(key: KeyedHash(key: duplicateKey).hash(Array("people of desks".utf8)))
        ledgerNames = LedgerNames(switchName: settings.switchName)
    }

    /// Puts other policies, or another directory, in force. What was remembered of the old ones is forgotten.
    mutating func replace(_ rulebook: Rulebook) {
        self.rulebook = rulebook
        spoken = WordsCache()
        named = NamesCache()
        known = [:]
    }

    /// How many look-ups have not ended.
    package var openLookups: Int { lookups.count }

    /// How many of those wait for a person.
    package var heldLookups: Int { held.count }

    /// How many look-ups wait for service at their owners.
    package var lookupsOutOfService: Int { outOfService.count }

    /// How many look-ups are under way: neither ended nor waiting for a person or for service.
    package var movingLookups: Int { lookups.count - held.count - outOfService.count }

    /// How many sessions there are, and how many of them are connected now.
    package var sessionCounts: (all: Int, connected: Int) {
        (links.sessions.count, links.sessions.values.count { $0.connection != nil })
    }

    // MARK: Appends

    /// What waits for an append to be durable.
    struct Pending {
        /// The counter of the session that sent the message.
        var received: (session: SessionID, sequence: UInt64)?
        var mail: [Mail] = []
        /// What waits without a number.
        var queued: [QueueItem] = []
        /// Look-ups whose question is in the append, with the place of its draft.
        var questions: [(lookup: TransactionID, draft: Int)] = []
        /// Questions to be asked of record sources.
        var asks: [Ask] = []
        /// Look-ups that end with it.
        var ended: [TransactionID] = []
    }

    mutating func newAppend() -> Append {
        lastAppend += 1
        return Append(number: lastAppend)
    }

    /// Completes an append and remembers what waits for it.
    mutating func seal(_ append: consuming Append, then: consuming Pending) -> Append {
        for id in acknowledgedSessions
        where links.sessions[id] != nil && !append.sessions.contains(where: { $0.id == id }) {
            append.sessions.append(links.state(id))
        }
        acknowledgedSessions.removeAll(keepingCapacity: true)
        // A session that received or lost something is written as it stands now, later numbers included.
        for index in append.sessions.indices where links.sessions[append.sessions[index].id] != nil {
            let id = append.sessions[index].id
            append.sessions[index] = links.state(id)
            links.sessions[id]!.isStored = true
        }
        append.mail = then.mail
        append.queued = then.queued
        append.ended = then.ended
        pending[append.number] = then
        return append
    }

    /// Numbers mail for a session. It can be sent once its append is durable.
    mutating func addMail(
        _ bytes: [UInt8], to id: SessionID, in append: inout Append, pending: inout Pending
    ) {
        links.sessions[id]!.sent += 1
        let sequence = links.sessions[id]!.sent
        pending.mail.append(Mail(session: id, sequence: sequence, bytes: bytes))
        // While the mail is on disk, its number is too. The session's own row follows when the mail goes; only a
        // session that has no row yet needs one now, or nobody would know whose mail it is.
        if !links.sessions[id]!.isStored, !append.sessions.contains(where: { $0.id == id }) {
            append.sessions.append(links.state(id))
        }
    }

    /// An append is durable: what waited for it may be done now.
    ///
    /// - Parameters:
    ///   - number: the append's number.
    ///   - places: where its drafts stand, in their order.
    package mutating func storeConfirmed(
        _ number: UInt64, places: [EntryPlace], at now: Timestamp
    ) -> [DurableEffect] {
        guard let done = pending.removeValue(forKey: number) else { return [] }
        var effects: [DurableEffect] = []
        for (id, draft) in done.questions { lookups[id]?.place = places[draft] }
        for id in done.ended {
            lookups[id] = nil
            held.remove(id)
            outOfService.remove(id)
        }
        for item in done.queued { nowDurable(item) }
        for mail in done.mail {
            guard links.sessions[mail.session] != nil else { continue }
            links.sessions[mail.session]!.take(mail)
        }
        if let (id, sequence) = done.received, links.sessions[id] != nil {
            links.sessions[id]!.received = max(links.sessions[id]!.received, sequence)
            if let connection = links.sessions[id]!.connection {
                effects.append(.link(.acknowledge(connection, through: sequence)))
            }
        }
        for (index, mail) in done.mail.enumerated()
        where !done.mail[..<index].contains(where: { $0.session == mail.session }) {
            effects += send(to: mail.session).map(DurableEffect.link)
        }
        for ask in done.asks {
            guard let lookup = lookups[ask.lookup] else { continue }
            let until = now + patience(lookup)
            lookup.phase = .asking(until: until)
            deadlines.add(ask.lookup, until: until)
            effects.append(.ask(ask))
        }
        return effects
    }

    /// What the asker of a look-up is told.
    mutating func words(_ lookup: Lookup, isAnswer: Bool) -> [String] {
        spoken.lines(
            lookup.ruling, facts: lookup.facts, isAnswer: isAnswer, reference: Reference(lookup.id),
            rulebook: rulebook)
    }

    /// The rule that the first line of an answer names.
    func shownRule(_ lookup: Lookup) -> String? { lookup.ruling.firstRuleShown(rulebook.taxonomy) }

    /// The rules of a ruling by their ids, as they stand in entries.
    mutating func names(_ ruling: Ruling) -> NamesCache.Names { named.names(of: ruling) }

    /// Who asks, as the directory knows it on a day: the same agencies ask again and again.
    mutating func requester(_ ori: ORI, on day: Day) -> Requester {
        if knownOn != day || known.count >= Self.knownLimit {
            known.removeAll(keepingCapacity: true)
            knownOn = day
        }
        if let requester = known[ori] { return requester }
        let requester = rulebook.resolver.requester(ori, on: day)
        known[ori] = requester
        return requester
    }

    /// More agencies than there are; unknown ones are remembered too, so there is a limit.
    private static let knownLimit = 32_768

    /// Mail of a session in appends that are not durable yet, in order.
    func pendingMail(of id: SessionID) -> [[UInt8]] {
        pending.sorted { $0.key < $1.key }.flatMap { $0.value.mail }.filter { $0.session == id }.map(\.bytes)
    }

    /// Takes acknowledged mail off the disk although nothing else is to be written: at a graceful stop.
    package mutating func tidy() -> [Effect] {
        guard !acknowledgedSessions.isEmpty else { return [] }
        return [.append(seal(newAppend(), then: Pending()))]
    }
}
