import ComityNode
import Foundation
import Testing

/// Service states and what was set aside, with the real program, on a running switch and without one.
@Suite(.serialized) struct ServiceTests {
    @Test(
        "a state that is set counts at once, stands in the control ledger, and counts in the next process too"
    )
    func set() throws {
        let world = try CommandWorld()
        #expect(try world.run("service", "list").output == "Every destination is open.\n")
        let done = try world.run(
            "service", "set", "tx", "--key", "dq", "--state", "removed", "--reason", "maintenance")
        #expect(done.status == 0 && done.output.contains("REMOVED   TX   DQ"))
        #expect(done.output.contains("recorded    hub/control entry"))
        let asked = try world.run(
            "ask", "--as", "OR0260200", "DQ", "TX", "OLN=\(world.licence("TX"))", "--link", "terminal")
        #expect(asked.status == 22 || asked.output.contains("NO ANSWER"), "\(asked.output)")
        #expect(asked.output.contains(".04. USER OUT OF SERVICE FOR MSG TYPE, NLETS WILL NOT FORWARD"))
        let list = try world.run("service", "list", "--json").object()
        let services = try #require(list["services"] as? [[String: Any]])
        #expect(services.count == 1 && services[0]["state"] as? String == "removed")
        world.node.stop()
        // Without a switch: written down for the next.
        #expect(try world.run("service", "list").output.contains("TX\tDQ\tremoved"))
        #expect(try world.run("service", "set", "TX", "--state", "open").status == 0)
        #expect(try world.run("service", "list").output == "Every destination is open.\n")
        #expect(try world.run("ledger", "verify").status == 0)
        #expect(
            try world.run("ledger", "export", "--control", "--format", "csv").output.contains("state=removed")
        )
    }

    @Test("what cannot be set is said, and nothing is written")
    func refused() throws {
        let world = try CommandWorld()
        #expect(
            try world.run("service", "set", "ZZ", "--state", "hold").errors.contains(
                "no member has the code `ZZ`"))
        #expect(
            try world.run("service", "set", "TX", "--key", "QQQ", "--state", "hold").errors.contains("`QQQ`"))
        #expect(
            try world.run("service", "set", "TX", "--state", "hold", "--reason", "Ask J. Doe").status == 64)
        #expect(
            try world.run("service", "set", "TX", "--state", "hold", "--until", "2020-01-01T00:00:00Z").status
                == 64)
        #expect(try world.run("service", "list").output == "Every destination is open.\n")
        #expect(try world.run("message", "poison", "list").output == "Nothing is set aside.\n")
        #expect(
            try world.run("message", "poison", "release", "7").errors.contains("no message with this number"))
        world.node.stop()
    }
}
