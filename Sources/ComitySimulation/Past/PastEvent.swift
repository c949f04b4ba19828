package import ComityMessages

/// What happens next in a made-up year.
package enum PastEvent: Sendable {
    /// With what the codec makes of it.
    case message(Sending, Result<Message, MessageError>, at: Timestamp)
    /// Policies come into force: the number of the turn in `DemoPolicies.turns`.
    case turn(Int, at: Timestamp)
    /// An owner's source stops answering: with "temporarily unavailable", or not at all.
    case outage(MemberCode, isSilent: Bool)
    case outageEnds(MemberCode, isSilent: Bool)
}
