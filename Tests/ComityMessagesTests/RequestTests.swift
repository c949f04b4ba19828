import ComityMessages
import Testing

@Suite("What a message asks for")
struct RequestTests {
    private func request(_ text: String) throws -> Request? {
        try LegacyCodec.decode(Array(text.utf8), tables: Repository.tables).request(tables: Repository.tables)
    }

    @Test(
        "kind and breadth follow from key and elements",
        arguments: [
            ("DQ", "OLN/X0000001", RequestKind.driverByNumber, Breadth.oneRecord),
            ("DQ", "NAM/EXAMPLE,PAT.DOB/19700101.SEX/F", .driverByName, .nameSearch),
            ("DQ", "NAM/EXAMPLE,PAT.OLN/X0000001", .driverByNumber, .oneRecord),
            ("DQG", "NAM/EXAMPLE,PAT.DOB/19700101", .driverByName, .nameSearch),
            ("DNQ", "NAM/EXAMPLE,PAT", .driverNameOnly, .nameSearch),
            ("KQ", "OLN/X0000001", .driverHistory, .oneRecord),
            ("KQ", "NAM/EXAMPLE,PAT.DOB/19700101.SEX/F", .driverHistory, .nameSearch),
            ("RQ", "LIC/TST0001.LIY/2026.LIT/PC", .vehicleByPlate, .oneRecord),
            ("RQ", "VIN/1ZZTEST00TEST0001", .vehicleByVIN, .oneRecord),
            ("RNQ", "NAM/EXAMPLE,PAT", .vehicleByOwner, .nameSearch),
            ("RPQ", "LIC/TST*", .partialPlate, .wildCard),
            ("RQ", "LIC/TST*.LIY/2026.LIT/PC", .vehicleByPlate, .wildCard),
        ])
    func kinds(key: String, body: String, kind: RequestKind, breadth: Breadth) throws {
        let asked = try request("\(key).CO0990100.OR.TXT\r\n\(body)")
        #expect(asked == Request(kind: kind, breadth: breadth, photoAsked: false))
    }

    @Test("the network as destination asks all states")
    func allStates() throws {
        #expect(try request("DQ.CO0990100.NL.TXT\r\nOLN/X0000001")?.breadth == .allStates)
    }

    @Test("IMQ/Y asks for the photo, IMQ/N does not")
    func photo() throws {
        #expect(try request("DQ.CO0990100.OR.TXT\r\nOLN/X0000001.IMQ/Y")?.photoAsked == true)
        #expect(try request("DQ.CO0990100.OR.TXT\r\nOLN/X0000001.IMQ/y")?.photoAsked == true)
        #expect(try request("DQ.CO0990100.OR.TXT\r\nOLN/X0000001.IMQ/N")?.photoAsked == false)
    }

    @Test(
        "what is not a motor-vehicle look-up asks for nothing",
        arguments: [
            "AM.CO0990100.OR.TXT\r\nOLN/X0000001", "DR.OROLN0000.CO0990100.TXT\r\nOLN/X0000001",
            "IQ.CO0990100.OR.TXT\r\nNAM/EXAMPLE", "DQ.CO0990100.OR.TXT\r\nRSN/T",
            "ZZ.CO0990100.OR.TXT\r\nOLN/X",
        ])
    func others(text: String) throws {
        #expect(try request(text) == nil)
    }
}
