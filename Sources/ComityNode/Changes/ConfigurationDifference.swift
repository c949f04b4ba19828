import ComityMessages

/// In what two configurations differ, in words.
package struct ConfigurationDifference: Sendable {
    /// What comes into force at once.
    package private(set) var now: [String] = []
    /// What comes into force at the next start.
    package private(set) var atStart: [String] = []
    /// What can never change on a home.
    package private(set) var never: [String] = []

    package var isEmpty: Bool { now.isEmpty && atStart.isEmpty && never.isEmpty }

    package init(from old: SwitchVersion, to new: SwitchVersion) {
        links(old, new)
        owners(old.base, new.base)
        if old.directory != new.directory || old.base.directory != new.base.directory {
            now.append("~ directory: \(new.configuration.directory ?? "the one that came with the program")")
        }
        change("records", old.base.records, new.base.records, &now)
        change("policies", old.base.policies, new.base.policies, &now)
        for (key, old, new) in [
            ("operators", old.base.operators, new.base.operators),
            ("controlTerminals", old.base.controlTerminals, new.base.controlTerminals),
        ] {
            change(
                key, old?.map(\.description).joined(separator: " "),
                new?.map(\.description).joined(separator: " "), &now)
        }
        change("retentionDays", old.base.retentionDays, new.base.retentionDays, &now)
        change(
            "operationsRetentionDays", old.base.operationsRetentionDays, new.base.operationsRetentionDays,
            &now)
        let (oldLimits, newLimits) = (old.base.limits, new.base.limits)
        change("limits.answerSeconds", oldLimits.answerSeconds, newLimits.answerSeconds, &now)
        change("limits.duplicateSeconds", oldLimits.duplicateSeconds, newLimits.duplicateSeconds, &now)
        change("limits.window", oldLimits.window, newLimits.window, &atStart)
        change("limits.connections", oldLimits.connections, newLimits.connections, &atStart)
        change("limits.signOnSeconds", oldLimits.signOnSeconds, newLimits.signOnSeconds, &atStart)
        change("limits.silenceSeconds", oldLimits.silenceSeconds, newLimits.silenceSeconds, &atStart)
        change("limits.frameSeconds", oldLimits.frameSeconds, newLimits.frameSeconds, &atStart)
        change(
            "limits.acknowledgeDelayMilliseconds", oldLimits.acknowledgeDelayMilliseconds,
            newLimits.acknowledgeDelayMilliseconds, &atStart)
        change("listen", old.base.listen.words, new.base.listen.words, &atStart)
        change("metrics", old.base.metrics?.words, new.base.metrics?.words, &atStart)
        change("uplink", old.base.uplink?.words, new.base.uplink?.words, &atStart)
        change("data", old.base.data, new.base.data, &atStart)
        change("keyFile", old.base.keyFile, new.base.keyFile, &atStart)
        change("sealKeyFile", old.base.sealKeyFile, new.base.sealKeyFile, &atStart)
        change("sealedFile", old.base.sealedFile, new.base.sealedFile, &atStart)
        change("recipientKeys", old.base.recipientKeys, new.base.recipientKeys, &atStart)
        change("name", old.base.name, new.base.name, &never)
        change("ori", "\(old.base.ori)", "\(new.base.ori)", &never)
        change("home", old.base.home, new.base.home, &never)
    }

    private func change(
        _ key: String, _ old: (some CustomStringConvertible & Equatable)?,
        _ new: (some CustomStringConvertible & Equatable)?, _ lines: inout [String]
    ) {
        let (before, after) = (old.map { "\($0)" } ?? "default", new.map { "\($0)" } ?? "default")
        if before != after { lines.append("~ \(key): \(before) -> \(after)") }
    }

    private mutating func links(_ old: SwitchVersion, _ new: SwitchVersion) {
        let before = Dictionary(uniqueKeysWithValues: old.base.links.map { ($0.name, $0) })
        let after = Dictionary(uniqueKeysWithValues: new.base.links.map { ($0.name, $0) })
        for name in Set(before.keys).union(after.keys).sorted() {
            switch (before[name], after[name]) {
            case (nil, let link?): now.append("+ link \(name): \(link.words)")
            case (let link?, nil): now.append("- link \(name): \(link.words)")
            case (let one?, let other?) where one != other:
                now.append("~ link \(name): \(one.words) -> \(other.words)")
            default: break
            }
            let (was, isDrained) = (old.drained.contains(name), new.drained.contains(name))
            if was != isDrained, after[name] != nil {
                now.append("~ link \(name): \(isDrained ? "drained" : "taken up again")")
            }
        }
    }

    private mutating func owners(_ old: NodeConfiguration, _ new: NodeConfiguration) {
        guard old.owners != new.owners else { return }
        let before = Dictionary((old.owners ?? []).map { ($0.code, $0) }) { one, _ in one }
        let after = Dictionary((new.owners ?? []).map { ($0.code, $0) }) { one, _ in one }
        if (old.owners == nil) != (new.owners == nil) {
            now.append(
                "~ owners: \(old.owners == nil ? "every state" : "a list") -> "
                    + "\(new.owners == nil ? "every state" : "a list")")
        }
        for code in Set(before.keys).union(after.keys).sorted() {
            switch (before[code], after[code]) {
            case (nil, let owner?): now.append("+ owner \(code): \(owner.words)")
            case (let owner?, nil): now.append("- owner \(code): \(owner.words)")
            case (let one?, let other?) where one != other:
                now.append("~ owner \(code): \(one.words) -> \(other.words)")
            default: break
            }
        }
    }
}

extension NodeConfiguration.Listen {
    fileprivate var words: String { "\(host):\(port)" }
}

extension NodeConfiguration.Uplink {
    /// Where it leads, and who is behind it.
    fileprivate var words: String {
        var parts = ["\(name) on \(host):\(port)"]
        if let link { parts.append("as link \(link)") }
        if let path { parts.append("path \(path)") }
        parts.append(
            members.map { "for \($0.map(\.description).joined(separator: " "))" } ?? "for everybody else")
        if let speakers {
            parts.append("asked by \(speakers.map(\.description).joined(separator: " "))")
        }
        return parts.joined(separator: ", ")
    }
}

extension NodeConfiguration.Link {
    /// Who may speak on it, and how.
    fileprivate var words: String {
        var parts: [String] = []
        if everybody == true { parts.append("everybody") }
        if let members { parts.append("members \(members.map(\.description).joined(separator: " "))") }
        if let agencies { parts.append("agencies \(agencies.map(\.description).joined(separator: " "))") }
        if parts.isEmpty { parts.append("nobody may ask") }
        if let path { parts.append("path \(path)") }
        if sharesSessions == true { parts.append("several sessions") }
        return parts.joined(separator: ", ")
    }
}

extension NodeConfiguration.Owner {
    fileprivate var words: String {
        var parts = [link.map { "behind link \($0)" } ?? "from the record source"]
        if gateway == true { parts.append("judges for itself") }
        if let retentionDays { parts.append("kept \(retentionDays) days") }
        if let delayDays { parts.append("delay \(delayDays) days") }
        return parts.joined(separator: ", ")
    }
}
