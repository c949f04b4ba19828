package import ComityMessages
import Foundation

/// The configuration file of a switch, as written (JSON). `docs/operations/configuration.md` lists every key.
package struct NodeConfiguration: Hashable, Sendable, Codable {
    /// The name of the switch, as in the names of its ledgers: 1 to 32 lower-case letters, digits, hyphens.
    package var name: String
    /// The switch's own ORI, under which its refusals travel.
    package var ori: ORI
    /// The directory that holds all state.
    package var home: String
    /// The switch key, 32 random bytes, made if it is missing. Outside the home, so that a copy of the home tells
    /// nothing. Default: the home's path with `.key` behind it.
    package var keyFile: String?
    /// The folder with the public keys of those who may open the bodies of look-ups; see `RecipientKeys`. Default: the
    /// home's path with `.keys` behind it.
    package var recipientKeys: String?
    /// The key that signs the seals of the ledgers, 32 random bytes, made if it is missing. Default: the switch
    /// key's path with `.seal` behind it.
    package var sealKeyFile: String?
    /// The file that holds the newest seal of each ledger, outside the home; see `SealShelf`. Default: the home's path with
    /// `.sealed` behind it.
    package var sealedFile: String?
    package var listen = Listen()
    /// Where metrics and health are asked for over HTTP; nowhere if it is not given.
    package var metrics: Listen?
    /// The folder with code tables, directory and taxonomy. Default: the `Data` folder that came with the program.
    package var data: String?
    /// The folder with the files of the directory. Default: `directory` in the folder of data.
    package var directory: String?
    /// The folder with the owners' policies, and the network's default and floor.
    package var policies: String
    /// The SQLite file of the record source.
    package var records: String?
    /// The file of broadcast lists; none without it.
    package var broadcasts: String?
    /// Agencies that may change the network's own help texts.
    package var operators: [ORI]?
    /// Agencies that may have agency IDs of their own member added and cancelled.
    package var controlTerminals: [ORI]?
    /// The owners served; default: every state and DC, each from `records`.
    package var owners: [Owner]?
    package var links: [Link]
    /// The switch to which this one is signed on as a link, and the members behind it.
    package var uplink: Uplink?
    package var limits = Limits()
    /// For how many days the envelopes of look-ups are kept, at least 365; owners may be given more or less, never less
    /// than that.
    package var retentionDays: Int?
    /// For how many days the texts of messages that were passed on are kept, at least 365. Default: as `retentionDays`.
    package var operationsRetentionDays: Int?

    /// Where the public keys of those who may open bodies lie.
    package var recipientKeysFolder: String { recipientKeys ?? home + ".keys" }

    /// Where the newest seals lie.
    package var sealedPath: String { sealedFile ?? home + ".sealed" }

    package struct Listen: Hashable, Sendable, Codable {
        /// A loopback address: links are not encrypted yet.
        package var host = "127.0.0.1"
        /// 0 takes any free port.
        package var port = 7001

        package init(host: String = "127.0.0.1", port: Int = 7001) {
            self.host = host
            self.port = port
        }
    }

    package struct Owner: Hashable, Sendable, Codable {
        package var code: MemberCode
        /// The link behind which the owner's own system answers; the record source of the switch otherwise.
        package var link: String?
        /// Whether its own system is a Comity switch that judges for itself: then the network's floor alone applies here.
        package var gateway: Bool?
        /// For how many days the envelopes of look-ups of its data are kept, at least 365.
        package var retentionDays: Int?
        /// For how many days it does not say that a look-up of a sealed investigation was made, at most 365.
        package var delayDays: Int?

        package init(
            code: MemberCode, link: String? = nil, gateway: Bool? = nil, retentionDays: Int? = nil,
            delayDays: Int? = nil
        ) {
            self.code = code
            self.link = link
            self.gateway = gateway
            self.retentionDays = retentionDays
            self.delayDays = delayDays
        }
    }

    package struct Uplink: Hashable, Sendable, Codable {
        /// What the other switch is called here; no other link has this name.
        package var name: String
        /// What this switch is called there: the name of its link. Default: this switch's name.
        package var link: String?
        /// A loopback address: links are not encrypted yet.
        package var host = "127.0.0.1"
        package var port: Int
        /// The link's secret, as the other switch made it: 64 hexadecimal digits.
        package var secretFile: String
        /// What kind of line it is, as sharing rules see it. Default: `hub`.
        package var path: String?
        /// The members that are asked through it. Default: every state and DC that is no owner here.
        package var members: [MemberCode]?
        /// The members whose agencies may ask over it. Default: everybody; the other switch has said who they are.
        package var speakers: [MemberCode]?

        package init(
            name: String, link: String? = nil, host: String = "127.0.0.1", port: Int, secretFile: String,
            path: String? = nil, members: [MemberCode]? = nil, speakers: [MemberCode]? = nil
        ) {
            self.name = name
            self.link = link
            self.host = host
            self.port = port
            self.secretFile = secretFile
            self.path = path
            self.members = members
            self.speakers = speakers
        }
    }

    package struct Link: Hashable, Sendable, Codable {
        package var name: String
        /// Any agency may speak here: for a terminal of the switch itself.
        package var everybody: Bool?
        /// Members whose agencies may speak.
        package var members: [MemberCode]?
        /// Single agencies that may speak.
        package var agencies: [ORI]?
        /// Whether several sessions may be open at once.
        package var sharesSessions: Bool?
        /// What kind of line it is, as sharing rules see it: a value of the taxonomy's fact `path`, such as
        /// `state-line`, `federal-line` or `terminal`. Default: `other`.
        package var path: String?

        package init(
            name: String, everybody: Bool? = nil, members: [MemberCode]? = nil, agencies: [ORI]? = nil,
            sharesSessions: Bool? = nil, path: String? = nil
        ) {
            self.name = name
            self.everybody = everybody
            self.members = members
            self.agencies = agencies
            self.sharesSessions = sharesSessions
            self.path = path
        }
    }

    /// The limits that an operator may want to set; every other limit is fixed in `LinkLimits`.
    package struct Limits: Hashable, Sendable, Codable {
        package var answerSeconds: Int?
        package var duplicateSeconds: Int?
        package var window: Int?
        package var connections: Int?
        package var signOnSeconds: Int?
        package var silenceSeconds: Int?
        package var frameSeconds: Int?
        package var acknowledgeDelayMilliseconds: Int?
        /// How often in a row a link may break over one message until that is set aside.
        package var sendAttempts: Int?
        /// How long look-ups, those that address a region, status messages and administrative messages may wait.
        package var lookupWaitSeconds: Int?
        package var regionalWaitSeconds: Int?
        package var statusWaitSeconds: Int?
        package var messageWaitSeconds: Int?

        package init() {}
    }

    package init(name: String, ori: ORI, home: String, policies: String, links: [Link]) {
        self.name = name
        self.ori = ori
        self.home = home
        self.policies = policies
        self.links = links
    }
}

/// What is wrong with a configuration: what, where, why, what next.
package enum ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable(file: String, why: String)
    case unknownKey(file: String, key: String, known: [String])
    case wrongValue(file: String, why: String)
    case notLoopback(String)
    case metricsNotLoopback(String)

    package var description: String {
        switch self {
        case .unreadable(let file, let why): "configuration `\(file)`: \(why)"
        case .unknownKey(let file, let key, let known):
            "configuration `\(file)`: there is no key `\(key)`; the keys here are \(known.joined(separator: ", "))"
        case .wrongValue(let file, let why): "configuration `\(file)`: \(why)"
        case .notLoopback(let host):
            "the host is `\(host)`, but links are not encrypted yet: only a loopback address "
                + "(127.0.0.1 or ::1) is allowed"
        case .metricsNotLoopback(let host):
            "`metrics.host` is `\(host)`, but metrics are told to this machine alone: give a loopback address "
                + "(127.0.0.1 or ::1), and let whatever collects them run here"
        }
    }
}
