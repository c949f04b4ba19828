import ComityNode
import Foundation
import NIOCore
import NIOPosix
import Testing

/// What an operator sees of links, with the real program on a real switch.
@Suite(.serialized) struct LinkTests {
    @Test("links are up, down or idle, in one sentence and in a table; each that is not up says what to do")
    func states() throws {
        let world = try CommandWorld()
        #expect(
            try world.run("link", "list").output.hasPrefix(
                "0 of 2 links are up. 2 never signed on or signed off: or, terminal. No answers wait."))
        let identity = LinkClient.Identity(
            link: "or", session: "s1", secret: try KeyFile.load(world.node.home.secret(of: "or")))
        let channel = try LinkClient.connect(
            host: "127.0.0.1", port: world.node.port, group: NIOSingletons.posixEventLoopGroup
        ) {
            LinkClient(identity) { _, _ in }
        }.wait()
        try expect(world, "or", "up")
        #expect(try world.run("link", "show", "or").output.contains("do this     nothing"))
        try channel.close().wait()
        try expect(world, "or", "down")
        let list = try world.run("link", "list").output
        #expect(list.hasPrefix("0 of 2 links are up. 1 down: or. 1 never signed on or signed off: terminal."))
        #expect(list.contains("or\tDOWN\t1\t0\t0\t0"))
        let show = try world.run("link", "show", "or")
        #expect(show.status == 0 && show.output.contains("call their side"))
        #expect(try world.run("link", "show", "wa").errors.contains("no link `wa`"))
        world.node.stop()
        #expect(try world.run("link", "list", "--json").output.contains("\"no-switch\""))
    }

    @Test("what is held is counted with the link that asked")
    func held() throws {
        let world = try CommandWorld()
        let asked = try world.run(
            "ask", "--as", "OR0260200", "DQ", "WA", "OLN=\(world.licence("WA"))", "IMQ=Y", "--link",
            "terminal")
        #expect(asked.status == 20)
        let card = try world.run("link", "show", "terminal", "--json").object()
        #expect(card["heldLookups"] as? Int == 1 && card["openLookups"] as? Int == 1)
    }

    /// Signing on and breaking off take a moment.
    private func expect(_ world: CommandWorld, _ link: String, _ state: String) throws {
        for _ in 0..<100 {
            if try world.run("link", "show", link, "--json").object()["state"] as? String == state { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        Issue.record("link `\(link)` never was `\(state)`")
    }
}
