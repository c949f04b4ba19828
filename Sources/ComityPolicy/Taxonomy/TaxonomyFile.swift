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
    public init(json: [UInt8]) throws(TaxonomyError) {
        let file: TaxonomyFile
        do {
            file = try JSONDecoder().decode(TaxonomyFile.self, from: Data(json))
        } catch {
            throw TaxonomyError(why: "the file is not JSON of the expected form; compare it with the default")
        }
        var facts: [Fact] = []
        for fact in file.facts { facts.append(try fact.checked()) }
        try file.checkNames()
        self.init(
            version: file.version, hash: Array(SHA256.hash(data: json)), facts: facts, kinds: file.kinds,
            sets: file.sets.map(\.checked), elementGroups: try file.elementGroups(),
            requests: try file.requestGroups())
    }
}

/// The file as it is written.
private struct TaxonomyFile: Decodable {
    var version: String
    var kinds: [String]
    var requests: [String: [String]]
    var elements: [String: String]
    var sets: [SetEntry]
    var facts: [FactEntry]

    struct SetEntry: Decodable {
        var name: String
        var title: String
        var kinds: [String]
        var `where`: NamedSet.Place?

        var checked: NamedSet {
            NamedSet(name: name, title: title, kinds: kinds, place: `where` ?? .anywhere)
        }
    }

    struct FactEntry: Decodable {
        var name: String
        var title: String
        var source: Fact.Source
        var element: String?
        var presence: Bool?
        var reads: [String: String]?
        var values: [Fact.Value]
        var groups: [String: [String]]?
        var ifNotStated: String
        var other: String?

        func checked() throws(TaxonomyError) -> Fact {
            let codes = values.map(\.code)
            guard (1...200).contains(codes.count), Set(codes).count == codes.count else {
                throw TaxonomyError(why: "fact `\(name)` needs 1 to 200 values, each once")
            }
            for word in (groups ?? [:]).values.flatMap(\.self) + Array((reads ?? [:]).values) {
                _ = try code(of: word)
            }
            let notStated: FactValue =
                switch ifNotStated {
                case "unknown": .unknown
                case "absent": .absent
                default: try code(of: ifNotStated)
                }
            var notListed = FactValue.unknown
            if let other { notListed = try code(of: other) }
            return Fact(
                name: name, title: title, source: source, element: element, isPresence: presence ?? false,
                reads: reads ?? [:], values: values, groups: groups ?? [:], ifNotStated: notStated,
                ifNotListed: notListed)
        }

        private func code(of word: String) throws(TaxonomyError) -> FactValue {
            guard let index = values.firstIndex(where: { $0.code == word }) else {
                throw TaxonomyError(why: "fact `\(name)` names `\(word)`, which is none of its values")
            }
            return FactValue(index: index)
        }
    }

    func checkNames() throws(TaxonomyError) {
        let names = facts.map(\.name) + sets.map(\.name)
        guard Set(names).count == names.count else {
            throw TaxonomyError(why: "two facts or sets have the same name; each word must mean one thing")
        }
        guard facts.count <= 64, kinds.count <= 64, Set(kinds).count == kinds.count else {
            throw TaxonomyError(why: "at most 64 facts and 64 kinds of agencies, each once")
        }
        for entry in sets {
            for kind in entry.kinds where !kinds.contains(kind) {
                throw TaxonomyError(why: "set `\(entry.name)` names the kind `\(kind)`, which is not listed")
            }
        }
        for name in ["request", "breadth", "path", "on-behalf"]
        where !facts.contains(where: { $0.name == name }) {
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
            var set: FieldGroupSet = []
            for group in groups { set.formUnion(FieldGroupSet([try Self.group(group)])) }
            result[kind] = set
        }
        return result
    }

    private static func group(_ word: String) throws(TaxonomyError) -> FieldGroup {
        guard let group = FieldGroup(rawValue: word) else {
            throw TaxonomyError(why: "`\(word)` is not a field group")
        }
        return group
    }
}
