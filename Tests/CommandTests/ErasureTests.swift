import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStore
import ComityStoreSQLite
import Foundation
import Testing

/// Erasing, searching and reading ledgers with the real program on a real home.
@Suite(.serialized) struct ErasureTests {
    private let order = "King County Superior Court (made up), 26-2-00001-1"

    private func asked(_ people: Range<Int> = 0..<3, agency: String = "DXCBP0100") throws -> (
        world: CommandWorld, references: [String]
    ) {
        let world = try CommandWorld()
        return (world, try people.map { try ask(world, agency, "OLN=\(world.licence("WA", person: $0))") })
    }

    @discardableResult
    private func ask(_ world: CommandWorld, _ agency: String, _ elements: String...) throws -> String {
        let run = try CommandRun(["ask", "--as", agency, "DQ", "WA"] + elements, home: world.home)
        return try #require(
            run.output.split(whereSeparator: \.isWhitespace).map(String.init).first { $0.count == 19 },
            "\(run.output)\(run.errors)")
    }

    private func bodies(_ world: CommandWorld) throws -> [EntryBody] {
        let reader = try StoreReader(path: world.node.home.store)
        defer { try? reader.close() }
        return try reader.entries(after: 0, limit: .max).compactMap { row in
            guard case .question = try LedgerEntry(decoding: row.bytes) else { return nil }
            return EntryBody(position: row.position, body: row.body)
        }
    }

    private struct EntryBody {
        let position: UInt64
        let body: [UInt8]?
    }

    @Test("erased by order of a court: the bytes are gone, the entries stay, and old proofs hold")
    func courtOrder() throws {
        let (world, references) = try asked()
        let golden = Golden(folder: world.folder)
        let proof = world.folder + "/before.tlog-proof"
        try world.run("ledger", "prove", references[1]).output
            .write(toFile: proof, atomically: true, encoding: .utf8)
        let tiles = world.folder + "/tiles"
        #expect(try world.run("ledger", "export", "--owner", "WA", "--tiles", tiles).status == 0)
        let key = try #require(
            FileManager.default.contentsOfDirectory(atPath: tiles).first { $0.hasSuffix(".vkey") })
        let envelope = try #require(bodies(world)[1].body)
        // Of the wrapped key and of the ciphertext: what is written over it covers one of them by chance.
        let parts = [Data(envelope[12..<40]), Data(envelope.suffix(40))]
        for part in parts { #expect(try holds(world, part)) }

        // Everything that an operator can get wrong is refused, and nothing is erased.
        let erase = ["ledger", "erase", references[1], "--owner", "WA", "--order", order]
        #expect(try CommandRun(erase, home: world.home).status == 64, "no terminal, no --yes")
        for wrong in [
            ["ledger", "erase", "0000-0000-0000-0000", "--owner", "WA", "--order", order, "--yes"],
            ["ledger", "erase", references[1], "--owner", "TX", "--order", order, "--yes"],
            ["ledger", "erase", references[1], "--owner", "WA", "--order", "", "--yes"],
            ["ledger", "erase", references[1], "--owner", "WA", "--order", "two\nlines", "--yes"],
            // A number of the person that the look-up was about would be public for good.
            [
                "ledger", "erase", references[1], "--owner", "WA", "--yes", "--order",
                "In the matter of \(world.licence("WA", person: 1))",
            ],
        ] {
            let run = try CommandRun(wrong, home: world.home)
            #expect(run.status == 1, "\(wrong): \(run.output)\(run.errors)")
            #expect(!run.errors.contains(world.licence("WA", person: 1)))
        }
        #expect(try bodies(world)[1].body != nil)

        let done = try CommandRun(erase + ["--yes"], home: world.home)
        #expect(done.status == 0, "\(done.errors)")
        try golden.check("ledger-erase", done)
        #expect(try bodies(world).map { $0.body == nil } == [false, true, false])
        for part in parts { #expect(try !holds(world, part), "the envelope is still in a file of the home") }
        let again = try CommandRun(erase + ["--yes", "--json"], home: world.home)
        #expect(again.status == 1)
        #expect(again.output.contains("erased-already"))

        // The entry is where it was.
        let checked = try CommandRun(
            ["ledger", "check", proof, "--key", tiles + "/" + key], home: "/nowhere")
        #expect(checked.status == 0, "\(checked.output)")
        #expect(try world.run("ledger", "prove", references[1]).status == 0)
        #expect(try world.run("explain", references[1]).status == 0)
        let verified = try world.run("ledger", "verify", "--json")
        #expect(verified.status == 0, "\(verified.output)")
        #expect(try verified.object()["envelopesErased"] as? Int == 1)
        #expect(try verified.object()["envelopesCompared"] as? Int == 2)
        // The public ledger tells of it, and only it has the words.
        let control = try world.run("ledger", "export", "--control", "--format", "ndjson")
        #expect(control.output.contains(order))
        #expect(
            try !world.run("ledger", "export", "--owner", "WA", "--format", "ndjson").output.contains(order))

        // The same without a running switch.
        world.node.stop()
        let offline = try world.run(
            "ledger", "erase", references[2], "--owner", "WA", "--order", order, "--reason", "request",
            "--yes",
            "--json")
        #expect(offline.status == 0, "\(offline.output)\(offline.errors)")
        #expect(try offline.object()["gone"] as? Bool == true)
        #expect(try bodies(world).map { $0.body == nil } == [false, true, true])
        let after = try world.run("ledger", "verify", "--json")
        #expect(after.status == 0, "\(after.output)")
        #expect(try after.object()["envelopesErased"] as? Int == 2)
    }

    /// Whether bytes stand in a file of the home.
    private func holds(_ world: CommandWorld, _ wanted: Data) throws -> Bool {
        for name in try FileManager.default.subpathsOfDirectory(atPath: world.home) {
            guard let data = FileManager.default.contents(atPath: world.home + "/" + name) else { continue }
            if data.range(of: wanted) != nil { return true }
        }
        return false
    }

    @Test(
        "Improper erasure: an envelope gone without an entry, an entry without its erasure, one put in another's place"
    )
    func improper() throws {
        let (world, references) = try asked()
        world.node.stop()
        #expect(try world.run("ledger", "verify").status == 0)
        let store = world.node.home.store
        let copy = world.folder + "/copy"
        let lane = "ledger in (select ledger from head where name like '%/WA/%')"
        let last = "select max(id) from entry where body is not null and \(lane)"
        for (change, finding) in [
            ("update entry set body=null where id=(\(last))", "envelope-missing"),
            (
                "update entry set body=(select body from entry where body is not null and \(lane) order by id limit 1) where id=(\(last))",
                "envelope-changed"
            ),
            (
                "update entry set body=substr(body,1,length(body)-1)||x'00' where id=(\(last))",
                "envelope-changed"
            ),
            ("delete from epoch", "envelope-changed"),
        ] {
            try FileManager.default.copyItem(atPath: store, toPath: copy)
            try sql(change, store)
            let run = try world.run("ledger", "verify", "--json")
            #expect(run.status == 2, "\(change)")
            #expect(run.output.contains(finding), "\(change): \(run.output)")
            try restore(copy, to: store)
        }
        // An erasure that is told and not done.
        let kept = try #require(bodies(world)[0].body)
        #expect(
            try world.run(
                "ledger", "erase", references[0], "--owner", "WA", "--order", order, "--yes"
            ).status == 0)
        try sql("update entry set body=x'\(Hex.text(kept))' where \(lane) and position=1", store)
        let run = try world.run("ledger", "verify", "--json")
        #expect(run.status == 2)
        #expect(run.output.contains("envelope-not-erased"))
    }

    @Test(
        "the text of a message that was passed on: gone without an entry, changed, or put in another's place is found, also by an outside program"
    )
    func passedOn() throws {
        let world = try CommandWorld()
        for number in 1...3 { try world.pass("AM", to: "OR", "PLEASE CALL ABOUT CASE \(number)") }
        world.node.stop()
        let sound = try world.run("ledger", "verify", "--json")
        #expect(sound.status == 0, "\(sound.output)")
        #expect(try sound.object()["envelopesCompared"] as? Int == 3)
        #expect(try outside(world).status == 0)
        let early = try world.run("ledger", "expire", "--owner", "NL", "--before", "2999-01-01")
        #expect(
            early.status == 1 && early.errors.contains("envelopes of NL are kept for 365 days"),
            "\(early.errors)")
        let store = world.node.home.store
        let copy = world.folder + "/copy"
        let ledger = "ledger in (select ledger from head where name like '%/operations')"
        let last = "select max(id) from entry where body is not null and \(ledger)"
        for (change, finding, isSeenOutside) in [
            ("update entry set body=null where id=(\(last))", "entry 3: envelope-missing", true),
            (
                "update entry set body=(select body from entry where body is not null and \(ledger) order by id limit 1) where id=(\(last))",
                "entry 3: envelope-changed", false
            ),
            (
                "update entry set body=substr(body,1,length(body)-1)||x'00' where id=(\(last))",
                "entry 3: envelope-changed", false
            ),
        ] {
            try FileManager.default.copyItem(atPath: store, toPath: copy)
            try sql(change, store)
            let run = try world.run("ledger", "verify", "--json")
            #expect(run.status == 2, "\(change)")
            #expect(run.output.contains(finding), "\(change): \(run.output)")
            let (status, text) = try outside(world)
            #expect(status == (isSeenOutside ? 2 : 0), "\(change): \(text)")
            if isSeenOutside {
                let findings = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
                let all = findings?["findings"] as? [[String: Any]]
                #expect(all?.compactMap { $0["position"] as? Int } == [3])
                #expect(all?.compactMap { $0["what"] as? String } == ["envelope-missing"])
            }
            try restore(copy, to: store)
        }
        // Without the network's key nothing can be compared, and that is said.
        for role in ["owner", "auditor"] {
            try? FileManager.default.removeItem(atPath: world.home + ".keys/\(role)-NL.key")
        }
        let blind = try world.run("ledger", "verify", "--json")
        #expect(try blind.object()["envelopesNotCompared"] as? [String: Int] == ["NL": 3])
    }

    /// What the plain program in Python says of the operations ledger, beside the control ledger.
    private func outside(_ world: CommandWorld) throws -> (status: Int32, text: String) {
        let files = try ["--operations", "--control"].map { which in
            let file = world.folder + "/" + which
            try world.run("ledger", "export", which).output.write(
                toFile: file, atomically: true, encoding: .utf8)
            return file
        }
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["python3", CommandWorld.root + "/Examples/verifier/verify.py", "export"] + files
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    @Test("without a key the envelopes are counted as not compared, and a search says what is missing")
    func withoutKey() throws {
        let (world, _) = try asked()
        for role in ["owner", "auditor"] {
            try FileManager.default.removeItem(atPath: world.home + ".keys/\(role)-WA.key")
        }
        let run = try world.run("ledger", "verify", "--json")
        #expect(run.status == 0, "\(run.output)")
        #expect(try run.object()["envelopesCompared"] as? Int == 0)
        #expect(try run.object()["envelopesNotCompared"] as? [String: Int] == ["WA": 3])
        let search = try world.run("ledger", "lookups-of", "WDL00000012X", "--owner", "WA")
        #expect(search.status == 1)
        #expect(search.errors.contains("--key"))
    }

    @Test(
        "who looked a number up: found by its owner's key, recorded, withheld while it is sealed, gone when erased"
    )
    func lookupsOf() throws {
        let (world, references) = try asked(11..<12)
        let golden = Golden(folder: world.folder)
        let number = world.licence("WA", person: 11)
        try ask(world, "DXICE0100", "OLN=\(number)")
        try ask(world, "DXICE0100", "OLN=\(world.licence("WA", person: 3))")
        world.node.waitForViews()
        func search(_ number: String) throws -> CommandRun {
            try world.run("ledger", "lookups-of", number, "--owner", "WA")
        }
        func count(_ run: CommandRun) -> Int {
            run.output.split(separator: "\n").count { !$0.hasPrefix("#") } - 1
        }
        let found = try search(number)
        #expect(found.status == 0, "\(found.errors)")
        try golden.check("ledger-lookups-of", found)
        #expect(count(found) == 2)
        // Small letters, hyphens, standard input: the same number.
        let typed = try world.run(
            "ledger", "lookups-of", "-", "--owner", "WA", input: number.lowercased() + "\n")
        #expect(count(typed) == 2)

        // What is sealed is not shown, and the words are those of a number that nobody asked by.
        try ask(world, "DXCBP0100", "OLN=\(world.licence("WA", person: 5))", "SEALED=Y")
        let sealed = try search(world.licence("WA", person: 5))
        let nobody = try search("NOBODY0000")
        #expect(sealed.status == 0)
        #expect(sealed.output == nobody.output)
        #expect(count(sealed) == 0)

        // The index tells nothing to who has not the key.
        let index = try Data(contentsOf: URL(fileURLWithPath: world.home + ".index/WA.index"))
        #expect(index.count > 100)
        #expect(index.range(of: Data(number.utf8)) == nil)
        #expect(
            try world.run(
                "ledger", "lookups-of", number, "--owner", "WA", "--key", world.home + ".keys/auditor-WA.key"
            ).status == 1, "an index of another key")

        // Every search is in the ledger, without the number.
        let csv = try world.run("ledger", "export", "--owner", "WA", "--format", "csv").output
        let accesses = csv.split(separator: "\r\n").flatMap { $0.split(separator: "\n") }.filter {
            $0.contains(",access,")
        }
        #expect(accesses.count { $0.contains("action=search") } == 4)
        #expect(!csv.contains(number))

        // What is erased is not found, and its number not in the index any more.
        #expect(try indexed(world, number) == 2)
        #expect(
            try world.run(
                "ledger", "erase", references[0], "--owner", "WA", "--order", order, "--yes"
            ).status == 0)
        #expect(try count(search(number)) == 1)
        #expect(try indexed(world, number) == 1)
        #expect(try world.run("ledger", "lookups-of", "--owner", "WA", "--forget").status == 0)
        #expect(!FileManager.default.fileExists(atPath: world.home + ".index/WA.index"))
        #expect(try count(search(number)) == 1)
        #expect(try world.run("ledger", "verify").status == 0)
    }

    /// How many look-ups the index has for a number.
    private func indexed(_ world: CommandWorld, _ number: String) throws -> Int {
        let owner = MemberCode("WA")!
        let secret = try #require(RecipientSecret(try KeyFile.load(world.home + ".keys/owner-WA.key")))
        return try LicenceIndexFile(
            world.home + ".index/WA.index", keys: LicenceIndex.Keys(secret, owner: owner), owner: owner,
            switchName: "hub"
        ).questions(LicenceIndex.plain(number)).count
    }

    @Test(
        "exports in words: one line an entry, facts by their names; an owner's ledger says who took it along")
    func readable() throws {
        let (world, references) = try asked(0..<1)
        try ask(world, "DXICE0100", "OLN=\(world.licence("WA"))", "RSN=T")
        world.node.waitForViews()
        let golden = Golden(folder: world.folder)
        let csv = try world.run("ledger", "export", "--owner", "WA", "--format", "csv")
        #expect(csv.status == 0, "\(csv.errors)")
        try golden.check("ledger-export-csv", csv)
        let lines = try world.run("ledger", "export", "--owner", "WA", "--format", "ndjson").output.split(
            separator: "\n")
        // Opening, two look-ups of two entries, and the export before.
        #expect(lines.count == 6)
        let question = try #require(
            try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any])
        #expect(question["type"] as? String == "question")
        #expect(question["reference"] as? String == references[0])
        #expect((question["facts"] as? [String: String])?["request"] != nil)
        #expect(lines.last?.contains("\"action\":\"export\"") == true)
        // The control ledger is public; in the operations ledger stands a message that cannot be read.
        #expect(try world.run("ask", "--as", "DXICE0100", "DQ", "WA", "OLN=X", "NONSENSE=1").status == 1)
        for which in ["--control", "--operations"] {
            let tiles = world.folder + "/tiles" + which
            let run = try world.run("ledger", "export", which, "--tiles", tiles)
            #expect(run.status == 0, "\(run.errors)")
            let key = try #require(
                FileManager.default.contentsOfDirectory(atPath: tiles).first { $0.hasSuffix(".vkey") })
            let verified = try CommandRun(
                ["ledger", "verify", "--tiles", tiles, "--key", tiles + "/" + key], home: "/nowhere")
            #expect(verified.status == 0, "\(verified.output)")
        }
        for wrong in [
            ["--control", "--owner", "WA"], [], ["--control", "--year", "2026"],
            ["--control", "--format", "csv", "--tiles", "x"],
        ] {
            #expect(try CommandRun(["ledger", "export"] + wrong, home: world.home).status == 64)
        }
    }

    @Test("nothing expires before its time, whoever asks")
    func tooEarly() throws {
        let (world, _) = try asked()
        let run = try world.run("ledger", "expire", "--json")
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(try run.object()["erased"] as? Int == 0)
        let early = try world.run("ledger", "expire", "--owner", "WA", "--before", "2999-01-01")
        #expect(early.status == 1)
        #expect(early.errors.contains("365 days"), "\(early.errors)")
        #expect(try bodies(world).allSatisfy { $0.body != nil })
    }

    private func sql(_ text: String, _ store: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import sqlite3,sys\nd=sqlite3.connect(sys.argv[1])\nn=d.execute(sys.argv[2]).rowcount\nd.commit()\nsys.exit(0 if n else 1)",
            store, text,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
    }

    private func restore(_ copy: String, to store: String) throws {
        for name in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + name) }
        try FileManager.default.moveItem(atPath: copy, toPath: store)
    }
}
