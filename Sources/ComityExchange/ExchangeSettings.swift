package import ComityMessages

/// What the machine is told at its start, and when an operator changes it.
package struct ExchangeSettings: Sendable {
    /// The name of the switch, as in the names of its ledgers.
    package var switchName: String
    /// The switch's own ORI, under which its refusals and notices travel.
    package var ori: ORI
    /// The links by name.
    package var links: [String: LinkPermit]
    /// The owners that this switch serves, by canonical code.
    package var owners: [MemberCode: OwnerRoute]
    /// Those of them that judge for themselves: behind their link stands another Comity switch.
    package var gateways: Set<MemberCode> = []
    /// The link by which this switch itself is signed on to another one, as that one's link.
    package var uplink: String?
    /// How long an owner has to answer. The asker is told afterwards that there was no answer.
    package var answerTime: Duration = .seconds(30)
    /// How long the answers to a question to all states are gathered (60 seconds: Nlets guide, multi-state query).
    package var allStatesTime: Duration = .seconds(60)
    /// How long an owner has to answer such a question at all. What comes after the merged answer is delivered singly.
    package var lateTime: Duration = .seconds(180)
    /// How long a repeated message with a control field is known as one: an operator pressing a key twice, or a
    /// sender that lost its memory, does so within minutes.
    package var duplicateTime: Duration = .seconds(120)
    /// How many messages are remembered for that at most; the oldest are forgotten first.
    package var duplicateLimit = 1_000_000
    /// Mail sent to a link and not acknowledged at most.
    package var mailWindow = 256
    /// Mail that may wait for one link. A link that does not take its answers gets no further question accepted:
    /// it is told so, keeps the question, and may send it again once it has taken them.
    package var mailWaiting = 1024
    /// Messages and look-ups that may wait without a number for one link, or for one owner with records here. Further ones
    /// are not forwarded, and their senders told so: what was accepted before is never dropped for them.
    package var queueMost = 10_000
    /// How often in a row a link may break over one message until that is set aside.
    package var attempts = 8
    /// How long a message may wait for its destination, by priority.
    package var timeToLive: [QueuePriority: Duration] = [
        .status: .seconds(3600), .normal: .seconds(3600), .regional: .seconds(3600),
    ]
    /// The same for single keys.
    package var timesToLive: [MessageKey: Duration] = [
        .am: .seconds(86_400), .aml: .seconds(86_400),
    ]
    /// Named lists of destinations, by the nine-character address under which a message is sent to one.
    package var broadcasts: [ORI: BroadcastList] = [:]
    /// Agencies that may change the help texts of the network itself.
    package var operators: Set<ORI> = []
    /// Agencies that may have agency IDs of their own member added and cancelled.
    package var controlTerminals: Set<ORI> = []
    /// Sessions that one link may have at once, if it shares them.
    package var sessionsPerLink = 256

    package init(
        switchName: String, ori: ORI, links: [String: LinkPermit], owners: [MemberCode: OwnerRoute]
    ) {
        self.switchName = switchName
        self.ori = ori
        self.links = links
        self.owners = owners
    }
}

/// Where an owner's records are.
package enum OwnerRoute: Hashable, Sendable {
    /// In a record source of this switch.
    case records
    /// In the owner's own system, behind a link.
    case link(String)
}
