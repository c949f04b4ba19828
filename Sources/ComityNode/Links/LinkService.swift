import ComityExchange
import ComityLedger
import ComityMessages
import Crypto
import Foundation
import Synchronization

/// What all connections share: limits, secrets, code tables, and the way to the switchboard.
final class LinkService: Sendable {
    let limits: LinkLimits
    let tables: CodeTables
    let inbox: Inbox<Event>
    private let counters: NodeCounters
    private let secrets = Mutex<[String: [UInt8]]>([:])
    private let connections = Atomic<Int>(0)
    private let numbers = Atomic<UInt64>(0)

    init(
        limits: LinkLimits, tables: CodeTables, inbox: Inbox<Event>, counters: NodeCounters
    ) {
        self.limits = limits
        self.tables = tables
        self.inbox = inbox
        self.counters = counters
    }

    /// A number for a new connection; `nil` if there are too many already.
    func admit() -> ConnectionID? {
        guard connections.add(1, ordering: .relaxed).newValue <= limits.connections else {
            connections.subtract(1, ordering: .relaxed)
            return nil
        }
        return ConnectionID(numbers.add(1, ordering: .relaxed).newValue)
    }

    /// Makes or reads the secrets of links; links that are not named may not sign on any more.
    func learn(_ names: [String], in home: Home) throws {
        var new: [String: [UInt8]] = [:]
        for name in names { new[name] = try KeyFile.loadOrCreate(home.secret(of: name)) }
        secrets.withLock { $0 = new }
    }

    /// Whether all links together have as much on the way as the switch takes: then nobody is read from.
    var isFull: Bool {
        counters.open.load(ordering: .relaxed) >= limits.inFlight || inbox.count >= limits.inFlight
    }

    func connectionEnded() { connections.subtract(1, ordering: .relaxed) }

    /// Fresh random bytes that the link must answer.
    func challenge() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<Frame.challengeLength).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Decodes what a link sent: always in input direction.
    func decode(_ bytes: [UInt8]) -> Result<Message, MessageError> {
        do {
            return .success(try LegacyCodec.decode(bytes, direction: .input, tables: tables))
        } catch {
            return .failure(error)
        }
    }

    /// Checks a sign-on. The notice is the same for an unknown link and a wrong secret.
    func check(_ json: [UInt8], challenge: [UInt8]) -> Result<SignOn, NoticeError> {
        guard let signOn = try? JSONDecoder().decode(SignOn.self, from: Data(json)) else {
            return .failure(
                NoticeError(
                    code: "bad-sign-on", why: "the sign-on is not the JSON object of the profile",
                    next: "see the wire profile"))
        }
        guard signOn.profile == SignOn.profile else {
            return .failure(
                NoticeError(
                    code: "other-profile", why: "this switch speaks `\(SignOn.profile)`",
                    next: "use a program that speaks it too"))
        }
        let characters = signOn.session.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == 0x2D
        }
        guard (1...64).contains(signOn.session.utf8.count), characters else {
            return .failure(
                NoticeError(
                    code: "bad-session-name", why: "a session's name is 1 to 64 letters, digits or hyphens",
                    next: "choose another name"))
        }
        let signed = SignOn.signed(challenge: challenge, link: signOn.link, session: signOn.session)
        guard let secret = secrets.withLock({ $0[signOn.link] }), let proof = Hex.bytes(signOn.proof),
            HMAC<SHA256>.isValidAuthenticationCode(
                proof, authenticating: signed, using: SymmetricKey(data: secret))
        else {
            return .failure(
                NoticeError(
                    code: "sign-on-refused", why: "there is no such link here, or its secret is another",
                    next: "compare the link's name and secret file with the switch's configuration"))
        }
        return .success(signOn)
    }
}

/// A notice that closes the connection, as an error.
struct NoticeError: Error {
    let notice: Notice

    init(code: String, why: String, next: String) {
        notice = Notice(code: code, why: why, next: next, closes: true)
    }
}
