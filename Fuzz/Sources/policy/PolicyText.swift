import ComityDirectory
import ComityMessages
import ComityPolicy
import FoundationEssentials

/// The policy parser and checker: no text may trap, no diagnostic may point outside the text, a text without an error
/// is a policy and one with an error is none, and whatever is a policy is judged alike by the compiled form and by
/// the specification.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPolicy(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let (policy, diagnostics) = PolicyLanguage.read(
        text, file: "fuzz.policy", taxonomy: taxonomy, directory: directory)
    let lines = text.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    for diagnostic in diagnostics {
        precondition((1...lines).contains(diagnostic.line), "a line outside the text")
        precondition(diagnostic.column >= 1, "a column outside the line")
    }
    let hasErrors = diagnostics.contains { $0.severity == .error }
    precondition((policy == nil) == hasErrors, "an error without a reason, or a policy with one")
    if let once = PolicyFormat.format(text, file: "").text {
        precondition(
            PolicyFormat.format(once, file: "").text == once, "formatting twice is not formatting once")
        precondition(
            CanonicalPolicy.json(of: once, file: "").json == CanonicalPolicy.json(of: text, file: "").json,
            "formatting changes what a file says")
    }
    guard let policy else { return 0 }
    if let json = CanonicalPolicy.json(of: text, file: "").json {
        let back = try? CanonicalPolicy.text(ofJSON: json)
        precondition(
            back.map { CanonicalPolicy.json(of: $0, file: "").json == json } == true,
            "a policy does not come back from its canonical form")
    }
    let compiled = CompiledPolicy(policy, taxonomy: taxonomy, directory: directory)
    for facts in lookups {
        precondition(
            compiled.judgeQuestion(facts)
                == Interpreter.judgeQuestion(facts, policy: policy, taxonomy: taxonomy),
            "the compiled form judges a question differently")
        precondition(
            compiled.judgeAnswer(facts) == Interpreter.judgeAnswer(facts, policy: policy, taxonomy: taxonomy),
            "the compiled form judges an answer differently")
    }
    return 0
}

private let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    .joined(separator: "/")

private func file(_ path: String) -> [UInt8] {
    Array(try! Data(contentsOf: URL(filePath: "\(root)/Data/\(path)")))
}

private let taxonomy = try! Taxonomy(json: file("taxonomy/taxonomy.json"))

private let directory = try! Directory(
    agencies: file("directory/agencies.csv"), federal: file("directory/federal.csv"),
    affiliations: file("directory/affiliations.csv"), members: file("directory/states.csv"),
    families: file("directory/families.csv"), certifications: file("directory/certifications.csv"))

/// A few look-ups that differ in everything that a rule can test.
private let lookups: [FactVector] = {
    let resolver = FactResolver(taxonomy: taxonomy, directory: directory)
    let texts = [
        "DQ.DXICE0100.WA.*A000000001.TXT\r\nOLN/X0000001",
        "DQ.DXICE0100.WA.*A000000001.TXT\r\nPAPER/judicial.CASE/1.OLN/X0000001",
        "DQ.DXCBP0100.TX.*A000000001.TXT\r\nRSN/T.OLN/X0000001",
        "DQ.DXFBI0100.NY.*A000000001.TXT\r\nOFFENCE/kidnapping.CASE/1.OLN/X0000001",
        "RQ.DXSHERIF1.WA.*A000000001.TXT\r\nLIC/TST0001.LIY/2027.LIT/PC",
        "DQ.DX0000000.WA.*A000000001.TXT\r\nBEHALF/DXICE0100.OLN/X0000001",
    ]
    let at = Timestamp("2026-03-02T12:00:00Z")!
    let tables = try! CodeTables(json: file("codes/nlets.json"))
    return texts.flatMap { text -> [FactVector] in
        let message = try! LegacyCodec.decode(Array(text.utf8), direction: .input, tables: tables)
        guard let request = message.request(tables: tables),
            case .member(let owner)? = message.destinations.first
        else { preconditionFailure("a look-up of this file is none") }
        let question = resolver.resolve(message, request: request, owner: owner, path: "hub", at: at)
        let record = ["protected-person": "no", "minor": "yes", "resident-consent": "no"]
        return [question, question.adding(record: record, taxonomy: taxonomy)]
    }
}()
