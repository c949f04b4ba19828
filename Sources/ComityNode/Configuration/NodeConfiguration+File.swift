package import ComityExchange
import ComityLedger
package import ComityMessages
package import ComityService
import Foundation

extension NodeConfiguration {
    /// Reads a configuration file. Relative paths in it count from the folder of the file.
    package init(file: String) throws(ConfigurationError) {
        guard let contents = FileManager.default.contents(atPath: file) else {
            throw .unreadable(file: file, why: "there is no such file, or it cannot be read")
        }
        try Self.checkKeys(contents, file: file)
        do {
            self = try JSONDecoder().decode(Self.self, from: contents)
        } catch let error as DecodingError {
            throw .wrongValue(file: file, why: error.words)
        } catch {
            throw .unreadable(file: file, why: "it is not JSON")
        }
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        func absolute(_ path: String) -> String { URL(fileURLWithPath: path, relativeTo: folder).path }
        home = absolute(home)
        policies = absolute(policies)
        keyFile = keyFile.map(absolute)
        recipientKeys = recipientKeys.map(absolute)
        sealKeyFile = sealKeyFile.map(absolute)
        sealedFile = sealedFile.map(absolute)
        data = data.map(absolute)
        directory = directory.map(absolute)
        records = records.map(absolute)
        broadcasts = broadcasts.map(absolute)
        if let secret = uplink?.secretFile { uplink?.secretFile = absolute(secret) }
        try check(file: file)
    }

    /// The configuration that is in force on a home, or was when its switch ended.
    ///
    /// - Throws: `HomeError.missing` if no switch ever started on it.
    init(inForceOf home: Home) throws {
        guard home.exists, let contents = FileManager.default.contents(atPath: home.configuration) else {
            throw HomeError.missing(home.path)
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: contents)
        } catch let error as DecodingError {
            throw ConfigurationError.wrongValue(file: home.configuration, why: error.words)
        }
    }

    /// A misspelt key would otherwise be silently ignored, and with it what the operator wanted.
    private static func checkKeys(_ data: Data, file: String) throws(ConfigurationError) {
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw .unreadable(file: file, why: "it is not a JSON object")
        }
        func check(_ object: Any?, _ place: String, _ known: [String]) throws(ConfigurationError) {
            for key in ((object as? [String: Any]) ?? [:]).keys.sorted() where !known.contains(key) {
                throw .unknownKey(file: file, key: place + key, known: known)
            }
        }
        try check(
            object, "",
            [
                "name", "ori", "home", "keyFile", "sealKeyFile", "sealedFile", "recipientKeys", "listen",
                "metrics", "data", "directory", "policies", "records", "owners", "links", "limits",
                "retentionDays", "operationsRetentionDays", "broadcasts", "uplink", "operators",
                "controlTerminals",
            ])
        try check(object["listen"], "listen.", ["host", "port"])
        try check(object["metrics"], "metrics.", ["host", "port"])
        try check(
            object["limits"], "limits.",
            [
                "answerSeconds", "duplicateSeconds", "window", "connections", "signOnSeconds",
                "silenceSeconds",
                "frameSeconds", "acknowledgeDelayMilliseconds", "sendAttempts", "lookupWaitSeconds",
                "regionalWaitSeconds", "statusWaitSeconds", "messageWaitSeconds",
            ])
        for owner in (object["owners"] as? [Any]) ?? [] {
            try check(owner, "owners[].", ["code", "link", "gateway", "retentionDays", "delayDays"])
        }
        try check(object["uplink"], "uplink.", Self.uplinkKeys)
        for link in (object["links"] as? [Any]) ?? [] {
            try check(
                link, "links[].", ["name", "everybody", "members", "agencies", "sharesSessions", "path"])
        }
    }

    private func check(file: String) throws(ConfigurationError) {
        if LedgerName(controlOf: name) == nil {
            throw .wrongValue(
                file: file,
                why: "`name` must be 1 to 32 lower-case letters, digits or hyphens, but is `\(name)`")
        }
        if let twice = Dictionary(grouping: links, by: \.name).first(where: { $0.value.count > 1 }) {
            throw .wrongValue(file: file, why: "there are two links named `\(twice.key)`")
        }
        for owner in owners ?? [] {
            if let link = owner.link, !links.contains(where: { $0.name == link }) {
                throw .wrongValue(
                    file: file,
                    why: "owner `\(owner.code)` answers behind link `\(link)`, which is not configured")
            }
        }
        try checkGateways(file: file)
        try checkDays(file: file)
        for link in links where link.name.isEmpty || link.name.contains("/") {
            throw .wrongValue(
                file: file, why: "a link's name is a word without a slash, but is `\(link.name)`")
        }
        for (name, value) in limits.values where value.map({ $0 < 0 || $0 > 1_000_000 }) ?? false {
            throw .wrongValue(file: file, why: "`limits.\(name)` must be between 0 and 1,000,000")
        }
    }

    /// Nobody keeps less than the floor, and nobody puts a resident off for ever.
    private func checkDays(file: String) throws(ConfigurationError) {
        let all =
            [
                ("retentionDays", retentionDays),
                ("operationsRetentionDays", operationsRetentionDays),
            ]
            + (owners ?? []).map { ("owners[].retentionDays` of `\($0.code)", $0.retentionDays) }
        for (place, days) in all {
            guard let days, !(Retention.floor...Retention.most).contains(days) else { continue }
            throw .wrongValue(
                file: file,
                why: days < Retention.floor
                    ? "`\(place)` is \(days) days, but law-enforcement records are kept for at least \(Retention.floor)"
                    : "`\(place)` is \(days) days, which is more than a hundred years")
        }
        for owner in owners ?? [] {
            guard let days = owner.delayDays, !(0...Delay.most).contains(days) else { continue }
            throw .wrongValue(
                file: file,
                why: "`owners[].delayDays` of `\(owner.code)` must be 0 to \(Delay.most), but is \(days): "
                    + "after that a resident is told")
        }
    }

    /// For how long envelopes are kept.
    package func retention(tables: CodeTables) -> Retention {
        var own: [MemberCode: Int] = [:]
        for owner in owners ?? [] { own[tables.canonical(owner.code)] = owner.retentionDays }
        own[.network] = operationsRetentionDays
        return Retention(days: retentionDays ?? Retention.floor, owners: own)
    }

    /// For how long an owner does not say that a look-up of a sealed investigation was made.
    package func delay(of owner: MemberCode, tables: CodeTables) -> Delay {
        Delay(days: (owners ?? []).first { tables.canonical($0.code) == owner }?.delayDays ?? Delay.usual)
    }

    /// The limits of links with the operator's changes.
    var linkLimits: LinkLimits {
        var result = LinkLimits()
        result.window = max(1, limits.window ?? result.window)
        result.connections = limits.connections ?? result.connections
        result.signOnSeconds = max(1, limits.signOnSeconds ?? result.signOnSeconds)
        result.silenceSeconds = max(3, limits.silenceSeconds ?? result.silenceSeconds)
        result.frameSeconds = max(1, limits.frameSeconds ?? result.frameSeconds)
        result.acknowledgeDelayMilliseconds =
            limits.acknowledgeDelayMilliseconds ?? result.acknowledgeDelayMilliseconds
        return result
    }

    /// What the machine is told.
    package func exchangeSettings(tables: CodeTables) -> ExchangeSettings {
        var permits: [String: LinkPermit] = [:]
        for link in links {
            permits[link.name] = LinkPermit(
                name: link.name,
                speaksFor: Speakers(
                    everybody: link.everybody ?? false,
                    members: Set((link.members ?? []).map(tables.canonical)),
                    agencies: Set(link.agencies ?? [])),
                path: link.path ?? "other", sharesSessions: link.sharesSessions ?? false,
                answersFor: Set(
                    (owners ?? []).filter { $0.link == link.name }.map { tables.canonical($0.code) }))
        }
        var gateways: Set<MemberCode> = []
        var routes: [MemberCode: OwnerRoute] = [:]
        for owner in owners ?? tables.states.map({ Owner(code: $0) }) {
            routes[tables.canonical(owner.code)] = owner.link.map { .link($0) } ?? .records
            if owner.gateway == true { gateways.insert(tables.canonical(owner.code)) }
        }
        if let uplink {
            let permit = uplinkPermit(uplink, besides: Set(routes.keys), tables: tables)
            permits[uplink.name] = permit
            for member in permit.answersFor { routes[member] = .link(uplink.name) }
            gateways.formUnion(permit.answersFor)
        }
        var settings = ExchangeSettings(switchName: name, ori: ori, links: permits, owners: routes)
        settings.gateways = gateways
        settings.uplink = uplink?.name
        if let seconds = limits.answerSeconds { settings.answerTime = .seconds(seconds) }
        if let seconds = limits.duplicateSeconds { settings.duplicateTime = .seconds(seconds) }
        if let attempts = limits.sendAttempts { settings.attempts = max(2, attempts) }
        if let seconds = limits.lookupWaitSeconds { settings.timeToLive[.normal] = .seconds(seconds) }
        if let seconds = limits.regionalWaitSeconds { settings.timeToLive[.regional] = .seconds(seconds) }
        if let seconds = limits.statusWaitSeconds { settings.timeToLive[.status] = .seconds(seconds) }
        if let seconds = limits.messageWaitSeconds {
            for key in [MessageKey.am, .aml] { settings.timesToLive[key] = .seconds(seconds) }
        }
        settings.operators = Set(operators ?? [])
        settings.controlTerminals = Set(controlTerminals ?? [])
        settings.mailWindow = linkLimits.mailWindow
        settings.mailWaiting = linkLimits.mailWaiting
        return settings
    }
}

extension NodeConfiguration.Limits {
    fileprivate var values: [(String, Int?)] {
        [
            ("answerSeconds", answerSeconds), ("duplicateSeconds", duplicateSeconds), ("window", window),
            ("connections", connections), ("signOnSeconds", signOnSeconds),
            ("silenceSeconds", silenceSeconds),
            ("frameSeconds", frameSeconds), ("acknowledgeDelayMilliseconds", acknowledgeDelayMilliseconds),
            ("sendAttempts", sendAttempts),
            ("lookupWaitSeconds", lookupWaitSeconds), ("regionalWaitSeconds", regionalWaitSeconds),
            ("statusWaitSeconds", statusWaitSeconds), ("messageWaitSeconds", messageWaitSeconds),
        ]
    }
}

extension DecodingError {
    /// What is wrong and where, in words.
    package var words: String {
        let (context, what): (Context, String) =
            switch self {
            case .keyNotFound(let key, let context): (context, "`\(key.stringValue)` is missing")
            case .typeMismatch(_, let context), .valueNotFound(_, let context):
                (context, context.debugDescription)
            case .dataCorrupted(let context): (context, context.debugDescription)
            @unknown default: (Context(codingPath: [], debugDescription: ""), "it cannot be read")
            }
        let place = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(
            separator: ".")
        return place.isEmpty ? what : "at `\(place)`: \(what)"
    }
}

extension NodeConfiguration {
    private enum Key: String, CodingKey {
        case name, ori, home, keyFile, sealKeyFile, sealedFile, recipientKeys, listen, metrics, data,
            directory,
            policies,
            records, owners
        case links, limits, retentionDays, operationsRetentionDays, broadcasts, uplink, operators,
            controlTerminals
    }

    /// What has a default may be left out.
    package init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        self.init(
            name: try object.decode(String.self, forKey: .name),
            ori: try object.decode(ORI.self, forKey: .ori),
            home: try object.decode(String.self, forKey: .home),
            policies: try object.decode(String.self, forKey: .policies),
            links: try object.decode([Link].self, forKey: .links))
        keyFile = try object.decodeIfPresent(String.self, forKey: .keyFile)
        recipientKeys = try object.decodeIfPresent(String.self, forKey: .recipientKeys)
        sealKeyFile = try object.decodeIfPresent(String.self, forKey: .sealKeyFile)
        sealedFile = try object.decodeIfPresent(String.self, forKey: .sealedFile)
        listen = try object.decodeIfPresent(Listen.self, forKey: .listen) ?? Listen()
        metrics = try object.decodeIfPresent(Listen.self, forKey: .metrics)
        data = try object.decodeIfPresent(String.self, forKey: .data)
        directory = try object.decodeIfPresent(String.self, forKey: .directory)
        records = try object.decodeIfPresent(String.self, forKey: .records)
        broadcasts = try object.decodeIfPresent(String.self, forKey: .broadcasts)
        operators = try object.decodeIfPresent([ORI].self, forKey: .operators)
        controlTerminals = try object.decodeIfPresent([ORI].self, forKey: .controlTerminals)
        owners = try object.decodeIfPresent([Owner].self, forKey: .owners)
        limits = try object.decodeIfPresent(Limits.self, forKey: .limits) ?? Limits()
        retentionDays = try object.decodeIfPresent(Int.self, forKey: .retentionDays)
        operationsRetentionDays = try object.decodeIfPresent(Int.self, forKey: .operationsRetentionDays)
        uplink = try object.decodeIfPresent(Uplink.self, forKey: .uplink)
    }
}

extension NodeConfiguration.Listen {
    private enum Key: String, CodingKey { case host, port }

    /// What has a default may be left out.
    package init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        self.init()
        host = try object.decodeIfPresent(String.self, forKey: .host) ?? host
        port = try object.decodeIfPresent(Int.self, forKey: .port) ?? port
    }
}
