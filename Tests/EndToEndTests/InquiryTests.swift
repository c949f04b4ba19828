import ComityLedger
import ComityMessages
import ComityNode
import ComityStore
import ComityStoreSQLite
import Foundation
import Testing

@Suite("What the switch answers itself, over real sockets", .serialized)
struct InquiryTests {
    private struct Scene {
        let real: RealSwitch
        let co: TestLink
        let or: TestLink

        init() throws {
            real = try RealSwitch(
                links: ["CO", "OR"].map { state in
                    NodeConfiguration.Link(name: state.lowercased(), members: [MemberCode(state)!])
                }
            ) { $0.controlTerminals = [ORI("CO0010100")!] }
            let port = try real.start()
            co = try TestLink("co", home: real.home)
            or = try TestLink("or", home: real.home)
            try connect(port)
        }

        func connect(_ port: Int) throws {
            try co.connect(port: port)
            try or.connect(port: port)
        }

        /// What a link is told, once it was told so often.
        func told(_ link: TestLink, _ count: Int) throws -> String {
            try link.wait(20) { $0.messages.count >= count }
            return String(decoding: link.read { $0.messages[count - 1] }, as: UTF8.self)
        }

        func control() throws -> [LedgerEntry] {
            let store = try StoreReader(path: real.home.store)
            defer { try? store.close() }
            return try store.controlEntries().map { try LedgerEntry(decoding: $0.bytes) }
        }
    }

    static let oregon = "OR0260200"

    @Test("a help text outlives a killed switch; another state's change of it is refused")
    func help() throws {
        let scene = try Scene()
        scene.co.send("AM.CO0010100.COLICUPDT.*H000000001.TXT\r\nPLATES ARE FILED BY YEAR")
        #expect(try scene.told(scene.co, 1).contains("Recorded."))
        scene.or.send("AM.\(Self.oregon).COLICHELP.*Q000000001.TXT\r\n")
        #expect(try scene.told(scene.or, 1).hasPrefix("AM.COLICHELP\r\n"))
        #expect(try scene.told(scene.or, 1).contains("PLATES ARE FILED BY YEAR"))
        scene.or.send("AM.\(Self.oregon).COLICCNCL.*Q000000002.TXT\r\n")
        #expect(try scene.told(scene.or, 2).hasPrefix("ER.NL0000000\r\n"))
        scene.real.kill()
        try scene.connect(scene.real.start())
        scene.or.send("AM.\(Self.oregon).COLICHELP.*Q000000003.TXT\r\n")
        #expect(try scene.told(scene.or, 3).contains("PLATES ARE FILED BY YEAR"))
        #expect(scene.real.stop() == 0)
    }

    @Test(
        "the directory answers, refuses another state's wish, and keeps its own state's until it is imported")
    func directory() throws {
        let scene = try Scene()
        scene.or.send("TQ.\(Self.oregon).CO.*Q000000001.TXT\r\nORI/CO0010100")
        #expect(try scene.told(scene.or, 1).contains("ORI CO0010100 TYP PD CO NAME"))
        let wish = "ORI/CO9990100.LOC/EXAMPLE.TYP/PD.NAME/Example Police"
        scene.or.send("TA.\(Self.oregon).OD.*Q000000002.TXT\r\n\(wish)")
        #expect(try scene.told(scene.or, 2).contains("a member changes only its own agency IDs"))
        scene.co.send("TA.CO0010100.OD.*Q000000003.TXT\r\n\(wish)")
        #expect(try scene.told(scene.co, 1).contains("TA CO9990100 RECORDED, NOT IN FORCE"))
        func pending() throws -> PendingDirectory { try PendingDirectory(HomeReader(scene.real.home)) }
        #expect(try pending().changes.map(\.row) == ["CO9990100,CO,CO,\"Example Police\",City"])
        let listed = try scene.real.run("agency", "pending")
        let file = try #require(listed.text.firstMatch(of: /agency import (\S+) --preview/)).output.1
        #expect(listed.status == 0 && listed.text.contains("CO9990100,CO,CO,\"Example Police\",City"))
        #expect(try scene.real.run("agency", "import", String(file), "--yes").status == 0)
        #expect(try scene.real.run("agency", "pending").text == "nothing is pending\n")
        scene.or.send("TQ.\(Self.oregon).CO.*Q000000004.TXT\r\nORI/CO9990100")
        #expect(try scene.told(scene.or, 3).contains("ORI CO9990100 TYP PD CO NAME Example Police"))
        #expect(try pending().changes.isEmpty)
        #expect(try scene.control().count { $0.kind == .posting } == 1)
        #expect(scene.real.stop() == 0)
    }

    @Test("the archive lists a state's own questions to another; a search of somebody else's is refused")
    func archive() throws {
        let scene = try Scene()
        scene.co.send("DQ.CO0010100.OR.*A000000001.TXT\r\nOLN/X0000001")
        _ = try scene.told(scene.co, 1)
        let day = try #require(
            "\(Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000) - 7 * 3_600_000))"
                .split(separator: "T").first
        ).replacing("-", with: "")
        func search(_ rest: String) -> String { "TYP/DQ.\(rest)BEG/\(day).END/\(day).FND/*" }
        var count = 1
        var answer = ""
        // The read models may lag by moments.
        for number in 1...20 where !answer.contains("DRIVER-BY-NUMBER") {
            usleep(300_000)
            scene.co.send("NLQ.CO0010100.NL.*N\(100 + number).TXT\r\n\(search("DST/OR."))")
            #expect(try scene.told(scene.co, count + 1).contains("RECEIVED AND QUEUED"))
            answer = try scene.told(scene.co, count + 2)
            count += 2
        }
        #expect(answer.hasPrefix("NLR.NL0000000\r\n") && answer.contains("FACTS ONLY"))
        #expect(answer.contains("CO0010100 DQ DRIVER-BY-NUMBER"))
        #expect(!answer.contains("X0000001"), "the question itself is sealed")
        scene.or.send("NLQ.\(Self.oregon).NL.*N000000001.TXT\r\n\(search("SRC/CO.DST/WA."))")
        #expect(try scene.told(scene.or, 1).contains("its own member"))
        #expect(scene.real.stop() == 0)
    }
}
