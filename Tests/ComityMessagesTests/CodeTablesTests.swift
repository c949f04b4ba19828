import ComityMessages
import Testing

@Suite("The code tables")
struct CodeTablesTests {
    let tables = Repository.tables

    private func code(_ text: String) -> MemberCode { MemberCode(text)! }

    @Test("there are 51 owners: fifty states and the District of Columbia")
    func owners() {
        #expect(tables.states.count == 51)
        #expect(tables.states == tables.states.sorted())
        #expect(tables.states.contains(code("DC")))
        #expect(tables.states.contains(code("NE")) && !tables.states.contains(code("NB")))
        #expect(!tables.states.contains(code("PR")))
        #expect(Set(tables.states.compactMap { tables.member($0)?.name }).count == 51)
    }

    @Test("an alias names the same member as its code")
    func aliases() {
        #expect(tables.canonical(code("NB")) == code("NE"))
        #expect(tables.member(code("NB"))?.name == "Nebraska")
        #expect(tables.canonical(code("GM")) == code("GU"))
        #expect(tables.member(code("NK"))?.name == "New Brunswick")
        #expect(tables.canonical(code("QQ")) == code("QQ"))
        #expect(tables.member(code("QQ")) == nil)
    }

    @Test("every question has an answer, and the answer is a key of the tables")
    func answers() throws {
        #expect(tables.answerKey(for: .dq) == .dr)
        #expect(tables.answerKey(for: .kq) == .kr)
        #expect(tables.answerKey(for: .rq) == .rr)
        #expect(tables.answerKey(for: .dqg) == .dr)
        #expect(tables.answerKey(for: .rqg) == .rr)
        #expect(tables.answerKey(for: .dr) == nil)
        #expect(tables.answerKey(for: .am) == nil)
        for rule in tables.keys {
            if let answer = rule.answer { #expect(tables.rule(for: answer) != nil, "\(rule.key)") }
        }
    }

    @Test("every name that a rule uses has a row")
    func names() {
        for rule in tables.keys {
            let prefixes =
                (rule.requires ?? []).flatMap(\.self) + (rule.allows ?? [])
                + (rule.never ?? []).flatMap(\.self) + (rule.order ?? [])
                + (rule.requests ?? []).map(\.element)
            for prefix in prefixes {
                #expect(tables.element(prefix) != nil, "`\(prefix)` of \(rule.key) has no row")
            }
            for accepted in rule.destinations?.accepts ?? [] {
                #expect(accepted == "agency" || MemberClass(rawValue: accepted) != nil, "\(accepted)")
            }
            for member in (rule.destinations?.also ?? []) + (rule.destinations?.alone ?? []) {
                #expect(tables.member(member) != nil, "\(member)")
            }
            if rule.requires != nil { #expect(rule.destinations != nil, "\(rule.key)") }
        }
        for element in tables.elements {
            for number in [element.error, element.missing].compactMap(\.self) {
                #expect(tables.error(number) != nil, "\(element.prefix)")
            }
        }
    }

    @Test("what is not documented says so")
    func certainty() {
        #expect(tables.reasons.first { $0.code == "I" }?.known == .unknown)
        #expect(tables.reasons.count == 7 && tables.purposes.count == 6)
        #expect(tables.member(code("DX"))?.known == .invented)
        #expect(tables.member(code("NE"))?.known == .inferred)
        #expect(
            tables.elements.filter(\.isOwn).map(\.prefix) == [
                "OFFENCE", "PAPER", "CASE", "BEHALF", "EMERGENCY", "SEALED", "USE", "ATTEST", "SCOPE", "NAME",
                "REF", "IMG",
            ])
    }

    @Test("a damaged file is refused, with the place")
    func damaged() throws {
        let good = String(decoding: try Repository.bytes("Data/codes/nlets.json"), as: UTF8.self)
        func problem(_ text: String) -> String? {
            do throws(CodeTableError) {
                _ = try CodeTables(json: Array(text.utf8))
                return nil
            } catch {
                return error.why
            }
        }
        #expect(problem("{")?.hasPrefix("the code tables cannot be read: ") == true)
        #expect(
            problem(good.replacing("\"name\": \"Alaska\", ", with: ""))?.contains("`name` is missing") == true
        )
        let twice = good.replacing("\"code\": \"AK\"", with: "\"code\": \"AL\"")
        #expect(problem(twice) == "the member code `AL` stands twice in the code tables")
        #expect(problem(good) == nil)
    }
}
