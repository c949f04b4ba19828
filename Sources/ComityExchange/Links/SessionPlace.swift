extension Exchange {
    /// Where the newest session of a link stands: what a switch must know to sign on as the link.
    package struct SessionPlace: Hashable, Sendable {
        package let session: String
        /// The highest number of the other side that is durable here.
        package let received: UInt64
        /// The highest number of this side that the other has acknowledged.
        package let delivered: UInt64

        package init(session: String, received: UInt64, delivered: UInt64) {
            self.session = session
            self.received = received
            self.delivered = delivered
        }
    }

    /// `nil` if the link has no session.
    package func place(ofLink name: String) -> SessionPlace? {
        guard let session = links.newest(of: name).flatMap({ links.sessions[$0] }) else { return nil }
        return SessionPlace(
            session: session.name, received: session.received, delivered: session.delivered)
    }
}
