import ComityMessages

extension TaxonomyFile {
    struct DerivableEntry: Decodable, KnownKeys {
        var group: String
        var from: [String]
        var words: String

        static let keys: Set<String> = ["group", "from", "words"]
    }

    struct DutiesEntry: Decodable, KnownKeys {
        var events: [Strict<EventEntry>]
        var parties: [Strict<PartyEntry>]

        static let keys: Set<String> = ["events", "parties"]
    }

    struct EventEntry: Decodable, KnownKeys {
        var event: String
        var words: String
        var fact: String?
        var except: [String]?

        static let keys: Set<String> = ["event", "words", "fact", "except"]
    }

    struct PartyEntry: Decodable, KnownKeys {
        var party: String
        var words: String

        static let keys: Set<String> = ["party", "words"]
    }

    func checkedDerivations() throws(TaxonomyError) -> [Derivable] {
        var result: [Derivable] = []
        for entry in (derivable ?? []).map(\.value) {
            let one = Derivable(
                group: try Self.group(entry.group), from: try Self.groups(entry.from), words: entry.words)
            guard !one.from.isEmpty, !one.from.contains(one.group) else {
                throw TaxonomyError(why: "`\(entry.group)` must be derivable from one or more other groups")
            }
            result.append(one)
        }
        return result
    }

    func checkedDuties(
        _ facts: [Fact]
    ) throws(TaxonomyError) -> (events: [DutyEvent: DutyEventWords], parties: [String: String]) {
        var events: [DutyEvent: DutyEventWords] = [:]
        for entry in (duties?.value.events ?? []).map(\.value) {
            guard let event = DutyEvent(rawValue: entry.event) else {
                let known = DutyEvent.allCases.map(\.rawValue).joined(separator: ", ")
                throw TaxonomyError(why: "`\(entry.event)` is no event of a duty; known: \(known)")
            }
            if let name = entry.fact {
                guard let fact = facts.first(where: { $0.name == name }),
                    (entry.except ?? []).allSatisfy({ fact.value($0) != nil })
                else { throw TaxonomyError(why: "event `\(entry.event)` names an unknown fact or value") }
            }
            events[event] = DutyEventWords(words: entry.words, fact: entry.fact, except: entry.except ?? [])
        }
        var parties: [String: String] = [:]
        for entry in (duties?.value.parties ?? []).map(\.value) {
            guard DutyTerms.Party.words.contains(entry.party) else {
                throw TaxonomyError(
                    why:
                        "`\(entry.party)` is no party to a duty; known: \(DutyTerms.Party.words.joined(separator: ", "))"
                )
            }
            parties[entry.party] = entry.words
        }
        return (events, parties)
    }
}
