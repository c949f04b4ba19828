import ComityExchange
import ComityLedger
import ComityMessages
import ComityService
import Glibc
import Synchronization

/// Gathers what a running switch tells whoever watches it: the counts of its entries, and how it stands now.
///
/// No personal value can be in it: labels are names of links and ledgers, codes of owners, and words of the taxonomy.
struct MetricsSource: Sendable {
    let name: String
    let counters: NodeCounters
    let switchboard: Inbox<Event>
    let views: ViewsThread
    let seals: SealBook

    /// How the machine stands, as one look into it shows.
    private struct Standing: Sendable {
        let links: [LinkState]
        let owners: [MemberCode: String]
        let held: Int
        let oldestHeld: Timestamp?
        let policies: [(owner: MemberCode, version: Int)]
        let lost: Int
    }

    /// The metrics in the text format of Prometheus, made on the machine's thread and on none that waits.
    func gather(_ done: @escaping @Sendable (String) -> Void) {
        switchboard.put(
            .visit { exchange in
                let held = exchange.heldLookupsNow()
                let links = exchange.linkStates
                var owners: [MemberCode: String] = [:]
                for link in links { for owner in link.answersFor { owners[owner] = link.link } }
                done(
                    text(
                        Standing(
                            links: links, owners: owners, held: held.count,
                            oldestHeld: held.map(\.received).min(),
                            policies: exchange.rulebook.policyVersions, lost: exchange.rulebook.lost.count)))
            })
    }

    /// Why the switch should not be relied on now; empty if it is ready.
    func troubles(_ done: @escaping @Sendable ([String]) -> Void) {
        switchboard.put(
            .visit { exchange in
                done(exchange.rulebook.lost.map { "the policy of \($0.owner) is lost: \($0.why)" })
            })
    }

    private func text(_ standing: Standing) -> String {
        let counts = views.counts
        let now = counters.time.load(ordering: .relaxed)
        var text = MetricsText()
        messages(counts, to: &text)
        text.begin(
            "comity_decision_seconds", .histogram,
            "Time taken to judge one message, all its look-ups.")
        text.histogram("comity_decision_seconds", counters.decisions.withLock { $0 })
        text.begin(
            "comity_answer_seconds", .histogram,
            "From a question's entry to the entry that ends it, by the link its owner answers on.")
        for (link, histogram) in byLink(counts, standing.owners) {
            text.histogram("comity_answer_seconds", histogram, [("link", link)])
        }
        links(standing.links, to: &text)
        text.begin("comity_held_waiting", .gauge, "Look-ups that wait for a desk.")
        text.value("comity_held_waiting", standing.held)
        text.begin("comity_held_oldest_seconds", .gauge, "How long the oldest of them has waited.")
        text.value(
            "comity_held_oldest_seconds",
            standing.oldestHeld.map { Double(max(0, now - $0.milliseconds)) / 1000 } ?? 0)
        text.begin("comity_policy_version", .gauge, "The policy in force by owner; 0 if it was lost.")
        for (owner, version) in standing.policies {
            text.value("comity_policy_version", version, [("node", name), ("owner", "\(owner)")])
        }
        ledgers(now: now, to: &text)
        process(to: &text)
        return text.text
    }

    private func messages(_ counts: LookupMeter, to text: inout MetricsText) {
        text.begin("comity_messages_total", .counter, "Finished look-ups since the start.")
        let sorted = counts.ended.sorted {
            ($0.key.request, $0.key.outcome, $0.key.requester)
                < ($1.key.request, $1.key.outcome, $1.key.requester)
        }
        for (label, count) in sorted {
            text.value(
                "comity_messages_total", count,
                [
                    ("kind", label.request), ("outcome", label.outcome), ("requester_kind", label.requester),
                    ("format", "legacy"),
                ])
        }
        text.begin(
            "comity_reason_usable_ratio", .gauge,
            "Part of the look-ups that state a reason and a case.")
        for (requester, reasons) in counts.reasons.sorted(by: { $0.key < $1.key }) {
            text.value(
                "comity_reason_usable_ratio", Double(reasons.usable) / Double(max(1, reasons.asked)),
                [("requester_kind", requester)])
        }
    }

    /// Owners whose records lie with the switch itself answer on no link.
    private func byLink(
        _ counts: LookupMeter, _ owners: [MemberCode: String]
    ) -> [(link: String, histogram: Histogram)] {
        var result: [String: Histogram] = [:]
        for (owner, histogram) in counts.answers {
            let link = MemberCode(owner).flatMap { owners[$0] } ?? "records"
            result[link, default: .answers].add(histogram)
        }
        return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func links(_ states: [LinkState], to text: inout MetricsText) {
        text.begin("comity_link_up", .gauge, "Whether somebody is connected on the link.")
        for link in states {
            text.value("comity_link_up", link.connected > 0 ? 1 : 0, [("link", link.link)])
        }
        text.begin("comity_link_waiting", .gauge, "Messages that the link has not acknowledged.")
        for link in states { text.value("comity_link_waiting", link.waiting, [("link", link.link)]) }
    }

    private func ledgers(now: Int64, to text: inout MetricsText) {
        let seals = seals.all
        text.begin("comity_log_size", .gauge, "Entries of each ledger under its newest seal.")
        for seal in seals {
            text.value("comity_log_size", Int(clamping: seal.size), [("ledger", "\(seal.ledger)")])
        }
        text.begin("comity_seal_age_seconds", .gauge, "How old the newest seal of each ledger is.")
        for seal in seals {
            guard let time = seal.time else { continue }
            text.value(
                "comity_seal_age_seconds", max(0, Int(now / 1000) - Int(clamping: time)),
                [("ledger", "\(seal.ledger)")])
        }
    }

    private func process(to text: inout MetricsText) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        let micro = Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
        text.begin("process_cpu_seconds_total", .counter, "Processor time used by the process.")
        text.value("process_cpu_seconds_total", seconds + micro / 1_000_000)
        text.begin("comity_commits_total", .counter, "Durable commits since the start.")
        text.value("comity_commits_total", counters.commits.load(ordering: .relaxed))
        text.begin("comity_entries_total", .counter, "Ledger entries since the start.")
        text.value("comity_entries_total", counters.entries.load(ordering: .relaxed))
    }
}
