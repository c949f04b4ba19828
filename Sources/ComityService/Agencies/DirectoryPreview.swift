package import ComityDirectory
package import ComityExchange
package import ComityMessages
import ComityPolicy

/// What another version of the directory would change: which agencies, and what becomes of their look-ups.
///
/// Every agency that is not the same in both is tried at every owner with a policy of its own, in every way to ask, by a
/// question that states nothing more; first as things stand, then under the newer version.
package struct DirectoryPreview: Sendable {
    package let difference: DirectoryDifference
    /// What would be judged otherwise, those with the most agencies first.
    package let effects: [Effect]

    /// Agencies whose look-ups would be judged otherwise in the same way.
    package struct Effect: Hashable, Sendable, Codable {
        package let owner: String
        /// `licence look-up by number`, as the taxonomy calls the kind of request.
        package let request: String
        /// The outcome before, and the rules that decided.
        package let before: String
        /// The outcome under the newer version, and the rules that decide then.
        package let after: String
        package let agencies: Int
        /// The first few, by their IDs.
        package let examples: [String]
    }

    private static let examples = 3

    /// - Parameters:
    ///   - old: the policies as they stand, with the older directory.
    ///   - new: the same policies under the newer directory.
    package init(from old: Rulebook, to new: Rulebook, tables: CodeTables, at now: Timestamp) {
        difference = DirectoryDifference(from: old.directory, to: new.directory)
        struct Key: Hashable {
            let owner: MemberCode
            let request: RequestKind
            let before, after: String
        }
        var found: [Key: [ORI]] = [:]
        let owners = new.policyVersions.map(\.owner)
        let ways = tables.waysToAsk.filter { !$0.request.photoAsked || $0.request.kind == .driverPhoto }
        for ori in difference.all {
            for owner in owners {
                var seen: Set<RequestKind> = []
                for way in ways where seen.insert(way.request.kind).inserted {
                    let message = Message(key: way.key, origin: ori, destinations: [.member(owner)])
                    func words(_ rulebook: Rulebook) -> String {
                        let facts = rulebook.resolver.resolve(
                            message, request: way.request, owner: owner, path: "other", at: now)
                        return Self.words(rulebook.judgeQuestion(facts))
                    }
                    let (before, after) = (words(old), words(new))
                    guard before != after else { continue }
                    let key = Key(owner: owner, request: way.request.kind, before: before, after: after)
                    found[key, default: []].append(ori)
                }
            }
        }
        effects = found.map { key, agencies in
            Effect(
                owner: key.owner.description, request: key.request.rawValue, before: key.before,
                after: key.after, agencies: agencies.count,
                examples: agencies.prefix(Self.examples).map(\.description))
        }.sorted {
            ($1.agencies, $0.owner, $0.request, $0.before) < ($0.agencies, $1.owner, $1.request, $1.before)
        }
    }

    private static func words(_ ruling: Ruling) -> String {
        let judgement = ruling.judgement
        let what =
            switch judgement.gate {
            case .refused: "refused"
            case .held: "held"
            case .open where judgement.groups == judgement.asked: "open"
            case .open: "open in part (\(judgement.groups.words))"
            }
        let rules = ruling.decidedBy
        return rules.isEmpty ? what : "\(what) by \(rules.joined(separator: ", "))"
    }
}

extension DirectoryDifference {
    /// In words, the first few of each by their IDs.
    package var lines: [String] {
        func line(_ mark: String, _ all: [ORI], _ what: String) -> String? {
            guard !all.isEmpty else { return nil }
            let named = all.prefix(5).map(\.description).joined(separator: " ")
            return "\(mark) \(all.count) \(what): \(named)\(all.count > 5 ? " ..." : "")"
        }
        return [
            line("+", added, all(added, "agency", "agencies")),
            line("-", removed, all(removed, "agency", "agencies")),
            line("~", changed, all(changed, "agency differs", "agencies differ")),
        ].compactMap { $0 }
    }

    private func all(_ list: [ORI], _ one: String, _ many: String) -> String { list.count == 1 ? one : many }
}
