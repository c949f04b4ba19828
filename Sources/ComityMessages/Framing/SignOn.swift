/// What a link says of itself when it connects: JSON in a `signOn` frame.
public struct SignOn: Hashable, Sendable, Codable {
    /// The wire profile spoken, `comity-link/1`.
    public var profile: String
    /// The name of the link, as configured at the switch.
    public var link: String
    /// The session whose numbering goes on: chosen by the link, one to 64 letters, digits or hyphens.
    public var session: String
    /// The highest sequence number of the switch that the link has durably received in this session.
    public var received: UInt64
    /// HMAC-SHA256 over the challenge, link and session under the link's secret, in hexadecimal.
    public var proof: String

    /// The profile that this code speaks.
    public static let profile = "comity-link/1"

    public init(link: String, session: String, received: UInt64, proof: String) {
        self.profile = Self.profile
        self.link = link
        self.session = session
        self.received = received
        self.proof = proof
    }

    /// What the proof is computed over.
    public static func signed(challenge: [UInt8], link: String, session: String) -> [UInt8] {
        Array("\(profile)\u{0}\(link)\u{0}\(session)\u{0}".utf8) + challenge
    }
}

/// The switch's answer to a good sign-on: JSON in a `welcome` frame.
public struct Welcome: Hashable, Sendable, Codable {
    /// The highest sequence number of the link that the switch has durably received in this session: the link
    /// sends everything above it again.
    public var received: UInt64
    /// Silence after which the other side is taken for dead, in seconds.
    public var silenceSeconds: Int
    /// The most messages that may be sent without having been acknowledged.
    public var window: Int

    public init(received: UInt64, silenceSeconds: Int, window: Int) {
        self.received = received
        self.silenceSeconds = silenceSeconds
        self.window = window
    }
}

/// Something was wrong with a frame: JSON in a `notice` frame.
public struct Notice: Hashable, Sendable, Codable {
    /// A stable word, for example `sign-on-refused`.
    public var code: String
    /// What was wrong, without any content.
    public var why: String
    /// What to do.
    public var next: String
    /// Whether the switch closes the connection after this frame.
    public var closes: Bool

    public init(code: String, why: String, next: String, closes: Bool) {
        self.code = code
        self.why = why
        self.next = next
        self.closes = closes
    }
}
