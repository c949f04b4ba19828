import ComityMessages
import ComityNode
import Foundation
import FoundationNetworking
import Testing

/// What a running switch tells whoever watches it, over HTTP.
@Suite(.serialized) struct MetricsTests {
    private func get(_ path: String, _ world: CommandWorld, method: String = "GET") async throws -> (
        status: Int, text: String
    ) {
        let port = try #require(world.node.metricsPort)
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
        request.httpMethod = method
        let (data, response) = try await URLSession.shared.data(for: request)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }

    @Test("metrics count what was asked, by closed lists alone; nothing of a message is among them")
    func metrics() async throws {
        let world = try CommandWorld(metrics: true)
        let licence = world.licence("WA", person: 0)
        for arguments in [
            ["--as", "DXICE0100", "DQ", "WA", "OLN=\(licence)"],
            ["--as", "DXCBP0100", "DQ", "WA", "OLN=\(licence)", "RSN=T", "CASE=SYN-123456"],
            ["--as", "OR0260200", "DQ", "WA", "OLN=\(licence)", "IMQ=Y"],
        ] {
            _ = try CommandRun(["ask"] + arguments, home: world.home)
        }
        world.node.waitForViews()
        let (status, text) = try await get("/metrics", world)
        #expect(status == 200)
        let lines = Set(text.split(separator: "\n").map(String.init))
        for line in [
            "comity_messages_total{kind=\"driver-by-number\",outcome=\"refused\",requester_kind=\"federal\",format=\"legacy\"} 1",
            "comity_messages_total{kind=\"driver-by-number\",outcome=\"released-in-part\",requester_kind=\"federal\",format=\"legacy\"} 1",
            "comity_decision_seconds_count 3",
            "comity_answer_seconds_count{link=\"records\"} 1",
            "comity_link_up{link=\"or\"} 0", "comity_link_waiting{link=\"or\"} 0",
            "comity_held_waiting 1", "comity_reason_usable_ratio{requester_kind=\"federal\"} 0.5",
            "comity_policy_version{node=\"hub\",owner=\"WA\"} 7",
        ] {
            #expect(lines.contains(line), "\(line) is not in:\n\(text)")
        }
        #expect(text.contains("comity_log_size{ledger=\"hub/lane/WA/"))
        #expect(text.contains("comity_seal_age_seconds{ledger=\"hub/lane/WA/"))
        // Each line is a comment or one number, and each metric was introduced.
        var known: Set<String> = []
        for line in text.split(separator: "\n") {
            if let help = line.wholeMatch(of: /# TYPE (\S+) (counter|gauge|histogram)/) {
                known.insert(String(help.1))
            }
            guard !line.hasPrefix("#") else { continue }
            let value = try #require(
                line.wholeMatch(of: /([a-z_]+?)(_bucket|_sum|_count)?(\{[^}]*\})? -?[0-9.e+-]+/), "\(line)")
            #expect(known.contains(String(value.1)) || known.contains(String(value.1 + (value.2 ?? ""))))
        }
        for secret in [licence, "DXICE0100", "SYN-123456", "OR0260200"] {
            #expect(!text.contains(secret), "\(secret) is in the metrics")
        }
    }

    @Test("a switch says that it is alive and ready, and nothing else")
    func health() async throws {
        let world = try CommandWorld(metrics: true)
        #expect(try await get("/healthz", world) == (200, "alive\n"))
        #expect(try await get("/readyz", world) == (200, "ready\n"))
        #expect(try await get("/", world).status == 404)
        #expect(try await get("/metrics", world, method: "POST").status == 405)
    }

    @Test("metrics are told to this machine alone")
    func loopback() throws {
        #expect(throws: ConfigurationError.metricsNotLoopback("0.0.0.0")) {
            _ = try CommandWorld(metrics: true, metricsHost: "0.0.0.0")
        }
    }
}
