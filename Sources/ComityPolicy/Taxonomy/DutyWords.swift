/// What can make a duty of a `notify` rule fall due.
public enum DutyEvent: String, CaseIterable, Hashable, Sendable, Codable {
    /// The look-up was asked, whatever became of it.
    case asked
    /// A court paper came with it.
    case paperReceived = "paper-received"
    /// Something was released.
    case released
    /// It was refused.
    case refused
}

/// What an event means for a duty, as data.
struct DutyEventWords: Hashable, Sendable {
    var words: String
    /// The fact that shows it, and the values that show that it has not happened.
    var fact: String?
    var except: [String]
}
