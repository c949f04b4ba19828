import ComityMessages
import Crypto
import FoundationEssentials

/// Why a taxonomy file cannot be used.
public struct TaxonomyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, with the offending text in backticks, and what to do.
    public let why: String

    public var description: String { "taxonomy: \(why)" }
}

extension Taxonomy {
    /// Reads the file `Data/taxonomy/taxonomy.json`, or another of the same form.
    ///
    /// - Throws: what is wrong with the first part that cannot be used.
    public convenience init(json: [UInt8]) throws(TaxonomyError) {
        let file: TaxonomyFile
        do {
            file = try JSONDecoder().decode(Strict<TaxonomyFile>.self, from: Data(json)).value
        } catch let error as TaxonomyError {
            throw error
        } catch {
            throw TaxonomyError(why: TaxonomyFile.words(of: error))
        }
        var facts: [Fact] = []
        for fact in file.facts { facts.append(try fact.value.checked()) }
        try file.checkNames()
        let duties = try file.checkedDuties(facts)
        self.init(
            version: file.version, hash: Array(SHA256.hash(data: json)), facts: facts, kinds: file.kinds,
            sets: file.sets.map(\.value.checked), elementGroups: try file.elementGroups(),
            requests: try file.requestGroups(), derivable: try file.checkedDerivations(),
            dutyEvents: duties.events, dutyParties: duties.parties,
            clock: try file.clock?.value.checked())
    }
}

/// The file as it is written.
struct TaxonomyFile: Decodable, KnownKeys {
    var version: String
    var kinds: [String]
    var requests: [String: [String]]
    var elements: [String: String]
    var sets: [Strict<SetEntry>]
    var facts: [Strict<FactEntry>]
    var derivable: [Strict<DerivableEntry>]?
    var duties: Strict<DutiesEntry>?
    var clock: Strict<ClockEntry>?

    static let keys: Set<String> = [
        "version", "kinds", "requests", "elements", "sets", "facts", "derivable", "duties", "clock",
    ]

    struct SetEntry: Decodable, KnownKeys {
        var name: String
        var title: String
        var kinds: [String]
        var `where`: NamedSet.Place?

        static let keys: Set<String> = ["name", "title", "kinds", "where"]

        var checked: NamedSet {
            NamedSet(name: name, title: title, kinds: kinds, place: `where` ?? .anywhere)
        }
    }

    func checkNames() throws(TaxonomyError) {
        let names = facts.map(\.value.name) + sets.map(\.value.name)
        guard Set(names).count == names.count else {
            throw TaxonomyError(why: "two facts or sets have the same name; each word must mean one thing")
        }
        for name in names where Keywords.all.contains(name) {
            throw TaxonomyError(why: "`\(name)` is a word of the policy language; choose another name")
        }
        guard facts.count <= 64, kinds.count <= 64, Set(kinds).count == kinds.count else {
            throw TaxonomyError(why: "at most 64 facts and 64 kinds of agencies, each once")
        }
        for entry in sets.map(\.value) {
            for kind in entry.kinds where !kinds.contains(kind) {
                throw TaxonomyError(why: "set `\(entry.name)` names the kind `\(kind)`, which is not listed")
            }
        }
        for name in ["request", "breadth", "path", "on-behalf"]
        where !facts.contains(where: { $0.value.name == name }) {
            throw TaxonomyError(why: "the fact `\(name)` is missing; every taxonomy must have it")
        }
    }

    func elementGroups() throws(TaxonomyError) -> [String: FieldGroup] {
        var result: [String: FieldGroup] = [:]
        for (prefix, word) in elements { result[prefix] = try Self.group(word) }
        return result
    }

    func requestGroups() throws(TaxonomyError) -> [RequestKind: FieldGroupSet] {
        var result: [RequestKind: FieldGroupSet] = [:]
        for (word, groups) in requests {
            guard let kind = RequestKind(rawValue: word) else {
                throw TaxonomyError(why: "`\(word)` is not a kind of request")
            }
            result[kind] = try Self.groups(groups)
        }
        return result
    }

    static func groups(_ words: [String]) throws(TaxonomyError) -> FieldGroupSet {
        var set: FieldGroupSet = []
        for word in words { set.add(try group(word)) }
        return set
    }

    static func group(_ word: String) throws(TaxonomyError) -> FieldGroup {
        guard let group = FieldGroup(rawValue: word) else {
            throw TaxonomyError(why: "`\(word)` is not a field group")
        }
        return group
    }
}
