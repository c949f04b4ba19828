import ComityLedger
import ComityMessages
import ComityNode
import Foundation
import Testing

/// Proofs, tiles and seals with the real program on a real home.
@Suite(.serialized) struct ProofTests {
    private let files = FileManager.default

    private func asked() throws -> (world: CommandWorld, reference: String) {
        let world = try CommandWorld()
        var reference = ""
        for person in 0..<3 {
            let run = try world.run(
                "ask", "--as", "DXCBP0100", "DQ", "WA", "OLN=\(world.licence("WA", person: person))")
            reference =
                run.output.split(whereSeparator: \.isWhitespace).map(String.init).first { $0.count == 19 }
                ?? ""
        }
        return (world, reference)
    }

    private func key(_ tiles: String) throws -> String {
        let name = try #require(files.contentsOfDirectory(atPath: tiles).first { $0.hasSuffix(".vkey") })
        return tiles + "/" + name
    }

    @Test("whoever looks into an owner's ledger stands in it; without a key to write with, a note says so")
    func looked() throws {
        let (world, reference) = try asked()
        func looks() throws -> [String] { try world.accesses("WA") }
        world.node.waitForViews()
        for line in [
            ["explain", reference], ["explain", reference, "--as", "asker"], ["ledger", "prove", reference],
            ["ledger", "count", "--owner", "WA"],
        ] {
            let run = try CommandRun(line, home: world.home)
            #expect(run.status == 0 && run.errors.isEmpty, "\(line): \(run.errors)")
        }
        #expect(try looks() == ["view explain", "view explain", "view prove", "search count"])
        world.node.stop()
        #expect(try world.run("explain", reference).status == 0)
        #expect(try looks().last == "view explain")
        #expect(try looks().count == 5)
        #expect(try world.run("ledger", "verify").status == 0)

        // Without the switch's key nothing can be written, and the look is not refused for it.
        try files.removeItem(atPath: world.home + ".key")
        let copy = try world.run("explain", reference)
        #expect(copy.status == 0)
        #expect(copy.errors.contains("not recorded in the ledger"), "\(copy.errors)")
        #expect(try looks().count == 5)
    }

    @Test("a look-up is proved from a running switch, and checked without any home")
    func proved() throws {
        let (world, reference) = try asked()
        let tiles = world.folder + "/tiles"
        #expect(try world.run("ledger", "export", "--owner", "WA", "--tiles", tiles).status == 0)
        let key = try key(tiles)
        for entry in ["question", "closing"] {
            let proof = try world.run("ledger", "prove", reference, "--entry", entry)
            #expect(proof.status == 0, "\(proof.errors)")
            #expect(proof.output.hasPrefix("c2sp.org/tlog-proof@v1\nextra "))
            let file = world.folder + "/x.tlog-proof"
            try proof.output.write(toFile: file, atomically: true, encoding: .utf8)
            let checked = try CommandRun(["ledger", "check", file, "--key", key, "--json"], home: "/nowhere")
            #expect(checked.status == 0, "\(checked.output)")
            #expect(try checked.object()["reference"] as? String == reference)
            #expect(try checked.object()["kind"] as? String == entry)
            let other = proof.output.replacing("index ", with: "index 1", maxReplacements: 1)
            let refused = try CommandRun(["ledger", "check", "-", "--key", key], input: Array(other.utf8))
            #expect(refused.status == 2)
        }
        #expect(try world.run("ledger", "prove", "0000-0000-0000-0000").status == 1)
        #expect(try world.run("ledger", "prove", "nonsense").status == 64)
        // Tiles that were damaged are made anew from the entries.
        let shelf = world.home + "/tiles"
        for case let name as String in try #require(files.enumerator(atPath: shelf))
        where name.contains(".p/") {
            try Data([1, 2, 3]).write(to: URL(fileURLWithPath: shelf + "/" + name))
        }
        let again = try world.run("ledger", "prove", reference)
        #expect(again.status == 0, "\(again.errors)")
    }

    @Test("a proof from a running switch is under the seal that the switch made of the commit")
    func runningSeal() throws {
        let (world, reference) = try asked()
        let name = try #require(
            LedgerName(switch: "hub", lane: "WA", year: wallClock().day.civil.year))
        let key = try SealingKeyFile.load(world.home + ".key.seal").verifierKey(of: name)
        // Three look-ups and the entry that opens the ledger.
        var seal: Seal?
        for _ in 0..<500 where seal?.size != 7 {
            seal = try ControlClient.seal(world.node.home, of: name).map { try Seal($0, key: key) }
            usleep(10_000)
        }
        let made = try #require(seal)
        #expect(made.size == 7)
        let proof = try world.run("ledger", "prove", reference)
        #expect(proof.status == 0, "\(proof.errors)")
        #expect(proof.output.hasSuffix("\n" + made.note.description))
        let status = try world.run("status", "--json").object()
        #expect((status["seals"] as? Int ?? 0) > 0)
        // Of a ledger that is none, nothing is told.
        #expect(ControlClient.seal(world.node.home, of: LedgerName("hub/lane/ZZ/2026")!) == nil)
    }

    @Test("exported tiles are verified with the key alone; a changed file, another key and a fork are found")
    func exported() throws {
        let (world, _) = try asked()
        let (tiles, kept) = (world.folder + "/tiles", world.folder + "/older")
        #expect(try world.run("ledger", "export", "--owner", "WA", "--tiles", tiles).status == 0)
        let key = try key(tiles)
        try files.copyItem(atPath: tiles + "/checkpoint", toPath: kept)
        _ = try world.run("ask", "--as", "DXICE0100", "DQ", "WA", "OLN=\(world.licence("WA"))")
        #expect(try world.run("ledger", "export", "--owner", "WA", "--tiles", tiles).status == 0)
        func verify() throws -> CommandRun {
            try CommandRun(
                ["ledger", "verify", "--tiles", tiles, "--key", key, "--seen", kept, "--json"],
                home: "/nowhere")
        }
        #expect(try verify().object()["sound"] as? Bool == true)
        #expect(try world.run("ledger", "verify", "--tiles", tiles).status == 64)
        // The export of another owner does not go into the same folder.
        _ = try world.run("ask", "--as", "DXICE0100", "DQ", "TX", "OLN=\(world.licence("TX"))")
        #expect(try world.run("ledger", "export", "--owner", "TX", "--tiles", tiles).status == 1)
        let other = world.folder + "/texas"
        #expect(try world.run("ledger", "export", "--owner", "TX", "--tiles", other).status == 0)
        let wrong = try CommandRun(["ledger", "verify", "--tiles", tiles, "--key", self.key(other)])
        #expect(wrong.status == 2)
        #expect(wrong.output.contains("unsigned"))
        // One changed byte in each file.
        for case let name as String in try #require(files.enumerator(atPath: tiles)) {
            let file = URL(fileURLWithPath: tiles + "/" + name)
            guard let bytes = try? Data(contentsOf: file), !name.hasSuffix(".vkey"), !bytes.isEmpty else {
                continue
            }
            // Partial tiles of the older state may stay, and nobody needs them.
            if name.contains(".p/"), try !isNewest(name, in: tiles) { continue }
            var changed = bytes
            changed[changed.startIndex] ^= 1
            try changed.write(to: file)
            #expect(try verify().status == 2, "\(name)")
            try bytes.write(to: file)
        }
        #expect(try verify().status == 0)
    }

    private func isNewest(_ name: String, in tiles: String) throws -> Bool {
        let folder = (name as NSString).deletingLastPathComponent
        let widths = try files.contentsOfDirectory(atPath: tiles + "/" + folder).compactMap { Int($0) }
        return Int((name as NSString).lastPathComponent) == widths.max()
    }

    @Test("an old copy of the database beside newer seals is found and cannot be sealed or proved")
    func backup() throws {
        let (world, reference) = try asked()
        #expect(
            try world.run("ledger", "export", "--owner", "WA", "--tiles", world.folder + "/early").status == 0
        )
        _ = try world.run("ask", "--as", "DXICE0100", "DQ", "WA", "OLN=\(world.licence("WA"))")
        world.node.stop()
        let store = world.node.home.store
        #expect(try world.run("ledger", "verify").status == 0)
        // The newest seal speaks of more entries than the store will have.
        #expect(
            try world.run("ledger", "export", "--owner", "WA", "--tiles", world.folder + "/late").status == 0)
        try cutOff(store)
        let verified = try world.run("ledger", "verify", "--json")
        #expect(verified.status == 2)
        #expect(verified.output.contains("cut-off"))
        for run in [
            try world.run("ledger", "prove", reference),
            try world.run("ledger", "export", "--owner", "WA", "--tiles", world.folder + "/late"),
            try world.run("ledger", "export", "--owner", "WA", "--tiles", world.folder + "/new"),
        ] {
            #expect(run.status == 1)
            #expect(
                run.errors.contains("fewer entries") || run.errors.contains("another history"),
                "\(run.errors)")
        }
    }

    /// Takes the last look-up of Washington off the store, with a head that fits: what an older backup holds.
    private func cutOff(_ store: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            """
            import hashlib,sqlite3,sys
            d=sqlite3.connect(sys.argv[1])
            n,size=d.execute("select ledger,size from head where name like '%/lane/WA/%'").fetchone()
            rows=[r[0] for r in d.execute("select bytes from entry where ledger=? order by id",(n,))][:-2]
            def mth(l):
                if len(l)==1: return l[0]
                k=1<<(len(l)-1).bit_length()-1
                return hashlib.sha256(b'\\1'+mth(l[:k])+mth(l[k:])).digest()
            root=mth([hashlib.sha256(b'\\0'+r).digest() for r in rows])
            d.execute("delete from entry where ledger=? and position>=?",(n,len(rows)))
            d.execute("update head set size=?,root=? where ledger=?",(len(rows),root,n))
            d.commit()
            """, store,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("a sealing key that others may read is refused")
    func openKey() throws {
        let (world, _) = try asked()
        let key = world.home + ".key.seal"
        #expect(files.fileExists(atPath: key))
        try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: key)
        let run = try world.run("ledger", "export", "--owner", "WA", "--tiles", world.folder + "/tiles")
        #expect(run.status == 1)
        #expect(run.errors.contains("chmod 600"))
    }
}
