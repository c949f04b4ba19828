/// One message, whatever the format that it was written in.
public struct Message: Hashable, Sendable {
    /// What kind of message it is.
    public var key: MessageKey
    /// Who sent it.
    public var origin: ORI
    /// Where it goes: one to five for queries, exactly one for an answer as delivered.
    public var destinations: [Address]
    /// The asker's reference.
    public var control: ControlField?
    /// The data elements, in the order in which they stood; empty for a message of free text.
    public var elements: [Element]
    /// Free text: the body of AM, SM, ER and of answers that are not made of elements.
    public var text: String
    /// Output header only: when the switch received and sent the message, and its counters.
    public var stamps: Stamps?

    public init(
        key: MessageKey, origin: ORI, destinations: [Address], control: ControlField? = nil,
        elements: [Element] = [], text: String = "", stamps: Stamps? = nil
    ) {
        self.key = key
        self.origin = origin
        self.destinations = destinations
        self.control = control
        self.elements = elements
        self.text = text
        self.stamps = stamps
    }

    /// The value of the first element with a prefix, if there is one.
    public func value(_ prefix: String) -> String? { elements.first { $0.prefix == prefix }?.value }
}

/// One data element, written `PREFIX/value.`
public struct Element: Hashable, Sendable {
    /// Two to ten capitals, for example `OLN`.
    public var prefix: String
    /// The value, without the closing period.
    public var value: String

    public init(prefix: String, value: String) {
        self.prefix = prefix
        self.value = value
    }
}

/// Where a message goes: to a member, region or service by its two characters, or to nine characters (an ORI or
/// a help file).
public enum Address: Hashable, Sendable {
    case member(MemberCode)
    case agency(ORI)

    /// The member that receives it: for an agency, the one its ID begins with.
    public var member: MemberCode {
        switch self {
        case .member(let code): code
        case .agency(let ori): ori.prefix
        }
    }
}

extension Address: LosslessStringConvertible, Codable {
    public init?(_ text: String) {
        if let code = MemberCode(text) {
            self = .member(code)
        } else if let ori = ORI(text) {
            self = .agency(ori)
        } else {
            return nil
        }
    }

    /// Two or nine characters.
    public var description: String {
        switch self {
        case .member(let code): code.description
        case .agency(let ori): ori.description
        }
    }

    public init(from decoder: any Decoder) throws { self = try decoder.lossless("a destination") }

    public func encode(to encoder: any Encoder) throws { try encoder.lossless(self) }
}

/// The two clock lines of an output header.
public struct Stamps: Hashable, Sendable {
    /// When the switch received the message, and its counter.
    public var received: ClockLine
    /// When the switch sent it, and the count of messages sent on that line.
    public var sent: ClockLine

    public init(received: ClockLine, sent: ClockLine) {
        self.received = received
        self.sent = sent
    }
}

/// One clock line: `hh:mm mm/dd/yyyy nnnnn`, in Mountain Standard Time (UTC-7 all year).
///
/// Source: Nlets guide, "Message Structure" and "Retrieval of Archived Nlets Data" for the zone.
public struct ClockLine: Hashable, Sendable, Codable {
    /// `hh:mm`.
    public var time: String
    /// `mm/dd/yyyy`.
    public var date: String
    /// A counter of five digits, wrapping at 100,000.
    public var count: Int

    public init(time: String, date: String, count: Int) {
        self.time = time
        self.date = date
        self.count = count
    }
}
