import ComityMessages
import Testing

@Suite("Regions")
struct RegionTests {
    let tables = Repository.tables

    private func code(_ text: String) -> MemberCode { MemberCode(text)! }

    private func message(_ text: String) throws -> Message {
        try LegacyCodec.decodeChecked(Array(text.utf8), tables: tables)
    }

    @Test("the shipped table says that it is invented, and keeps what is documented")
    func shipped() {
        #expect(tables.regionTable?.known == .invented)
        #expect(tables.regions.count == 8)
        #expect(tables.regions.allSatisfy { (6...7).contains($0.members.count) })
        #expect(tables.regions.flatMap(\.members).sorted() == tables.states)
        #expect(tables.region(of: code("WI")) == code("E1"))
        #expect(tables.region(of: code("NB")) == tables.region(of: code("NE")))
        #expect(tables.region(of: code("PR")) == nil)
    }

    @Test("an address reaches one member, a region its states, the network all of them")
    func reach() throws {
        #expect(tables.reach(of: code("NB")) == [code("NE")])
        #expect(tables.reach(of: code("NL")) == tables.states)
        #expect(tables.reach(of: code("E1")).contains(code("WI")))
        let both = [Address("WI")!, Address("E1")!, Address("NB")!]
        let reached = tables.reach(of: both)
        #expect(reached.first == code("WI") && reached.count == tables.reach(of: code("E1")).count)
        let bare = try CodeTables(json: Repository.bytes("Data/codes/nlets.json"))
        #expect(bare.reach(of: code("E1")).isEmpty && bare.regionTable == nil)
    }

    @Test("regional traffic is known by its key or its destination, and owners never see the regional form")
    func regional() throws {
        let person = "NAM/EXAMPLE,PAT.DOB/19700101.SEX/F"
        #expect(try message("DQ.CO0990100.E1.TXT\r\n\(person)").isRegional(tables: tables))
        #expect(try message("DQG.CO0990100.OR.TXT\r\n\(person)").isRegional(tables: tables))
        #expect(try message("RQ.CO0990100.OR.H1.TXT\r\nVIN/1ZZTEST00TEST0001").isRegional(tables: tables))
        #expect(try !message("DQ.CO0990100.OR.TXT\r\n\(person)").isRegional(tables: tables))
        #expect(try !message("AM.CO0990100.E1.TXT\r\nHELLO").isRegional(tables: tables))
        #expect(tables.deliveredKey(for: .dqg) == .dq && tables.deliveredKey(for: .rqg) == .rq)
        #expect(tables.deliveredKey(for: .kq) == .kq)
    }

    @Test(
        "a damaged table is refused, with the place",
        arguments: [
            ("{", "the table of regions cannot be read"),
            ("[{\"code\": \"OR\", \"members\": []}]", "`OR` of the table of regions is no region"),
            ("[{\"code\": \"E1\", \"members\": [\"E1\"]}]", "`E1` of region `E1` is no state"),
            ("[{\"code\": \"E1\", \"members\": [\"NE\", \"NB\"]}]", "`NB` stands in two regions"),
            ("[{\"code\": \"E1\", \"members\": []}, {\"code\": \"E1\", \"members\": []}]", "or stands twice"),
        ])
    func damaged(regions: String, why: String) throws {
        let file = "{\"version\": \"1\", \"known\": \"invented\", \"regions\": \(regions)}"
        let error = #expect(throws: CodeTableError.self) {
            try CodeTables(json: Repository.bytes("Data/codes/nlets.json"), regions: Array(file.utf8))
        }
        #expect(error?.why.contains(why) == true, "\(error?.why ?? "")")
    }
}
