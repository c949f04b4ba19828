import ComityLedger
import ComityMessages
import ComityNode
import ComityStore
import ComityStoreSQLite
import Foundation
import Testing

/// Changing a switch while it runs, with the real program on a real switch.
@Suite(.serialized) struct ChangeTests {
    private func configuration(
        _ world: CommandWorld, _ change: (inout NodeConfiguration) -> Void
    ) throws -> String {
        var configuration = world.node.configuration
        change(&configuration)
        let file = world.folder + "/changed.json"
        try JSONEncoder().encode(configuration).write(to: URL(fileURLWithPath: file))
        return file
    }

    private func ask(_ world: CommandWorld, as agency: String, link: String? = nil) throws -> CommandRun {
        try CommandRun(
            ["ask", "--as", agency, "DQ", "WA", "OLN=\(world.licence("WA"))"]
                + (link.map { ["--link", $0] } ?? []), home: world.home)
    }

    /// Versions of the configuration and of the directory in the control ledger, in order.
    private func recorded(_ world: CommandWorld) throws -> [String] {
        let store = try StoreReader(path: world.node.home.store)
        defer { try? store.close() }
        return try store.controlEntries().compactMap { row in
            guard case .directory(let entry) = try LedgerEntry(decoding: row.bytes),
                [.configuration, .directory].contains(entry.subject)
            else { return nil }
            return entry.subject == .configuration ? "configuration \(entry.version)" : "directory"
        }
    }

    @Test(
        "a link is added, changed and removed while the switch runs; each version is kept, recorded and reversible"
    )
    func links() throws {
        let world = try CommandWorld()
        #expect(try recorded(world) == ["directory", "configuration 1"])
        #expect(try ask(world, as: "CO0010100", link: "co").status == 1)
        let file = try configuration(world) {
            $0.links.append(.init(name: "co", members: [MemberCode("CO")!], path: "state-line"))
            $0.limits.answerSeconds = 12
            $0.limits.window = 7
        }
        let preview = try world.run("configuration", "apply", file, "--preview")
        #expect(preview.status == 0, "\(preview.errors)")
        #expect(preview.output.contains("+ link co: members CO, path state-line"), "\(preview.output)")
        #expect(preview.output.contains("~ limits.answerSeconds: default -> 12\n"))
        #expect(preview.output.contains("~ limits.window: default -> 7 (at the next start)"))
        #expect(try recorded(world).count == 2, "a preview changes nothing")
        #expect(try world.run("configuration", "apply", file).status == 64, "no terminal, no --yes")

        let applied = try world.run("configuration", "apply", file, "--yes")
        #expect(
            applied.status == 0 && applied.output.hasPrefix("IN FORCE   version 2, after 1"),
            "\(applied.errors)")
        #expect(try recorded(world).last == "configuration 2")
        #expect(try [0, 10].contains(ask(world, as: "CO0010100", link: "co").status))
        #expect(try world.run("configuration", "apply", file, "--yes").output.hasPrefix("nothing changes"))

        // Back, and the link is gone again; the switch remembers over a restart.
        let back = try world.run("configuration", "revert", "1", "--yes")
        #expect(back.status == 0, "\(back.errors)")
        #expect(try ask(world, as: "CO0010100", link: "co").status == 1)
        #expect(try recorded(world).last == "configuration 3")
        let history = try world.run("configuration", "history")
        #expect(history.output.contains("- link co: members CO, path state-line"), "\(history.output)")
        #expect(try world.run("configuration", "revert", "9", "--yes").errors.contains("no version 9"))
        #expect(try world.run("ledger", "verify").status == 0)
    }

    @Test("a drained link takes nothing more, lets its answers be fetched, and stays drained over a restart")
    func drain() throws {
        let world = try CommandWorld()
        #expect(try [0, 10].contains(ask(world, as: "OR0260200", link: "or").status))
        let drained = try world.run("link", "drain", "or", "--yes")
        #expect(drained.status == 0, "\(drained.errors)")
        let refused = try ask(world, as: "OR0260200", link: "or")
        #expect(
            refused.status == 1 && refused.errors.contains("takes nothing more from this link"),
            "\(refused.errors)")
        #expect(try world.run("link", "list").output.contains("1 drained: or."))
        #expect(try world.run("link", "show", "or").output.contains("DRAINED"))
        #expect(try world.run("link", "drain", "nobody", "--yes").errors.contains("no link `nobody`"))

        world.node.stop()
        let again = try world.restarted()
        defer { again.stop() }
        #expect(try ask(world, as: "OR0260200", link: "or").status == 1)
        #expect(try world.run("link", "resume", "or", "--yes").status == 0)
        #expect(try [0, 10].contains(ask(world, as: "OR0260200", link: "or").status))
    }

    @Test(
        "a directory is imported with a preview of whose look-ups change and by which rules; and taken back")
    func directory() throws {
        let world = try CommandWorld()
        #expect(try [0, 10].contains(ask(world, as: "OR0260200").status))
        let old = try String(
            contentsOfFile: CommandWorld.root + "/Data/directory/affiliations.csv", encoding: .utf8)
        let file = world.folder + "/ties.csv"
        try (old + "OR0260200,US.DHS.ICE,2020-01-01,,an invented agreement\n")
            .write(toFile: file, atomically: true, encoding: .utf8)
        let preview = try world.run("agency", "import", file, "--preview")
        #expect(preview.status == 0, "\(preview.errors)")
        #expect(preview.output.contains("~ 1 agency differs: OR0260200"), "\(preview.output)")
        #expect(preview.output.contains("WA driver-by-number: open"), "\(preview.output)")
        #expect(preview.output.contains("-> refused by WA-"), "\(preview.output)")
        #expect(try recorded(world) == ["directory", "configuration 1"])

        let imported = try world.run("agency", "import", file, "--yes", "--json")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(try ask(world, as: "OR0260200").status == 30)
        #expect(try recorded(world) == ["directory", "configuration 1", "directory", "configuration 2"])
        #expect(try world.run("agency", "show", "OR0260200").output.contains("an invented agreement"))
        // What was judged before is judged again as it was then.
        #expect(try world.run("ledger", "rejudge", "--owner", "WA").status == 0)

        #expect(try world.run("configuration", "revert", "1", "--yes").status == 0)
        #expect(try [0, 10].contains(ask(world, as: "OR0260200").status))
        #expect(try world.run("ledger", "verify").status == 0)

        for (text, says) in [
            ("name,colour\nA,blue\n", "is no file of a directory"),
            ("path,name\nUS,United States\n", "there is no family"),
            ("ori,family,from,until,basis\nZZ,US.DHS,2020-01-01,,x\n", "affiliations.csv, line 2"),
        ] {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let run = try world.run("agency", "import", file, "--yes")
            #expect(run.status == 1, "\(text): \(run.output)")
            #expect(run.errors.contains(says), "\(run.errors)")
        }
        #expect(try recorded(world).count == 6)
    }

    @Test("what a home keeps for good is not changed, and without a switch there is nothing to change")
    func never() throws {
        let world = try CommandWorld()
        let file = try configuration(world) { $0.name = "other" }
        let run = try world.run("configuration", "apply", file, "--yes")
        #expect(run.status == 1 && run.errors.contains("name: hub -> other"), "\(run.errors)")
        world.node.stop()
        #expect(try world.run("link", "drain", "or", "--yes").errors.contains("no switch runs"))
    }
}
