import ComityDirectory
import ComityMessages
import Testing

@Suite("Finding agencies")
struct FindTests {
    private func found(_ words: String, limit: Int = 10) throws -> [String] {
        try DirectoryFiles.small.read().find(words, limit: limit).map(\.ori.description)
    }

    @Test("By words of the name, in any order and case")
    func byName() throws {
        #expect(try found("sheriff COUNTY") == ["NB0020000"])
        #expect(try found("patr") == ["WAWSP0000"])
        #expect(try found("olice") == [])
    }

    @Test("By ID, whole or its beginning")
    func byID() throws {
        #expect(try found("wa0010100") == ["WA0010100"])
        #expect(try found("DXICE") == ["DXICE0100"])
    }

    @Test("By name or code of the state, also where the ID begins otherwise")
    func byState() throws {
        #expect(try found("nebraska") == ["NB0020000"])
        #expect(try found("NE sheriff") == ["NB0020000"])
        #expect(try found("washington police").contains("WA0010100"))
    }

    @Test("By family and by kind")
    func byFamily() throws {
        #expect(try found("US.DHS.ICE") == ["DXICE0100"])
        #expect(try found("state-police") == ["WAWSP0000"])
    }

    @Test("Whole words come before beginnings of words; never more than asked for; nothing for no words")
    func order() throws {
        var files = DirectoryFiles.small
        files.agencies += "\nWA0000100,WA,Policeman Training,Other"
        let directory = try files.read()
        #expect(directory.find("police", limit: 10).last?.ori.description == "WA0000100")
        #expect(directory.find("police", limit: 1).count == 1)
        #expect(directory.find("example", limit: 0).isEmpty)
        #expect(directory.find(" ,. ", limit: 10).isEmpty)
    }
}
