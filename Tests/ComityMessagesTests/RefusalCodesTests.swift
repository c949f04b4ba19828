import ComityMessages
import Testing

@Suite("The codes of refusals")
struct RefusalCodesTests {
    @Test("every code that the sources use is listed in docs/messages.md, and no other")
    func listed() throws {
        var used: Set<String> = []
        for folder in ["Legacy", "Rules", "JSON"] {
            for file in try Repository.files(in: "Sources/ComityMessages/\(folder)") {
                let source = String(decoding: try Repository.bytes(file), as: UTF8.self)
                for match in source.matches(of: /(?:code:|failure\(|refusal\()\s*"([a-z]+(?:-[a-z]+)*)"/) {
                    used.insert(String(match.output.1))
                }
            }
        }
        // The one code that stands in a condition.
        used.formUnion(["empty", "header-key"])
        let page = String(decoding: try Repository.bytes("docs/messages.md"), as: UTF8.self)
        let table = page.split(separator: "## Refusals")[1].split(separator: "\n## ")[0]
        var listed: Set<String> = []
        for row in table.split(separator: "\n") where row.hasPrefix("| `") {
            let cell = row.split(separator: "|")[0]
            for match in cell.matches(of: /`([a-z-]+)`/) { listed.insert(String(match.output.1)) }
        }
        #expect(used == listed)
        #expect(used.count > 25)
    }
}
