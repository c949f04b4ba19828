package import ComityMessages
package import ComityRecords

/// Some weeks of made-up traffic, ready to be driven through a switch.
///
/// Everything but the times follows from the seed; the times lie evenly over the weeks before an end, whenever that
/// is. So the counts that come out do not depend on the day on which it runs.
package struct PastTraffic: Sendable {
    /// The messages in the order of their times.
    package let messages: [(at: Timestamp, sending: Sending)]
    /// When it ends.
    package let end: Timestamp
    private let outages: [Outage]

    /// An owner that does not answer for a while.
    private struct Outage: Sendable {
        let owner: MemberCode
        /// Whether its source says nothing at all; otherwise it says that it is unavailable.
        let isSilent: Bool
        /// The messages during which it lasts.
        let during: Range<Int>
    }

    private static let outageCount = 16

    /// - Parameter lookups: about so many; a message to several owners counts for each.
    package init(
        _ traffic: Traffic, lookups: Int, days: Int, end: Timestamp, owners: [MemberCode], seed: UInt64
    ) {
        var traffic = traffic
        var chance = Chance(seed: seed ^ 0x0A57)
        // Whether a question for a photo is still held at the end depends on its hour, so the last hours are kept
        // free of them, but for a few whose time is known.
        let quiet = lookups - lookups * 8 / (days * 24)
        var groups: [[Sending]] = []
        var count = 0
        while count < lookups {
            traffic.photos = count < quiet
            let group = traffic.next()
            count += group.reduce(0) { $0 + $1.owners.count }
            groups.append(group)
        }
        let span = Int64(days) * 86_400_000
        let step = max(1, span / Int64(max(1, groups.count)))
        var messages: [(at: Timestamp, sending: Sending)] = []
        for (index, group) in groups.enumerated() {
            var at =
                end.milliseconds - span + Int64(index) * step + Int64(chance.below(Int(max(1, step * 4 / 5))))
            for sending in group {
                messages.append((Timestamp(milliseconds: at), sending))
                at += 2000 + Int64(chance.below(15_000))
            }
        }
        for minute in (0..<(3 + chance.below(4))).map({ 50 - 7 * $0 }) {
            messages.append((end + .seconds(-60 * minute), traffic.photoForAnotherState()))
        }
        let order = messages.indices.sorted { (messages[$0].at, $0) < (messages[$1].at, $1) }
        self.messages = order.map { messages[$0] }
        self.end = end
        let length = max(1, messages.count / 60)
        outages = (0..<Self.outageCount).map { number in
            let first = chance.below(max(1, messages.count - length))
            return Outage(
                owner: chance.pick(owners), isSilent: number % 2 == 0, during: first..<(first + length))
        }
    }

    /// Drives it through a switch.
    ///
    /// - Parameter progress: told from time to time which part is done, from 0 to 1.
    package func run(
        through world: inout SimulatedSwitch, source: SQLRecordSource, progress: (Double) -> Void = { _ in }
    ) throws {
        for (index, message) in messages.enumerated() {
            for outage in outages { apply(outage, at: index, to: &world, source) }
            try world.receive(message.sending.bytes, on: message.sending.link, at: message.at)
            if index % 100 == 0 { progress(Double(index) / Double(messages.count)) }
        }
        for outage in outages { source.switchOn(outage.owner) }
        world.silent = []
        try world.advance(to: end)
        try world.end()
        progress(1)
    }

    private func apply(
        _ outage: Outage, at index: Int, to world: inout SimulatedSwitch, _ source: SQLRecordSource
    ) {
        if index == outage.during.lowerBound {
            if outage.isSilent { world.silent.insert(outage.owner) } else { source.switchOff(outage.owner) }
        } else if index == outage.during.upperBound {
            if outage.isSilent { world.silent.remove(outage.owner) } else { source.switchOn(outage.owner) }
        }
    }
}
