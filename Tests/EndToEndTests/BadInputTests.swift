import ComityMessages
import ComityNode
import Foundation
import Glibc
import Testing

/// What a link may do wrong: it is told, it survives where it can, and nobody else notices.
@Suite("Bad input on links", .serialized)
struct BadInputTests {
    private let real: RealSwitch
    private let port: Int

    init() throws {
        real = try RealSwitch(links: ["a", "b"].map { NodeConfiguration.Link(name: $0, everybody: true) }) {
            $0.limits.signOnSeconds = 2
            $0.limits.frameSeconds = 2
            $0.limits.silenceSeconds = 6
            $0.limits.connections = 40
        }
        port = try real.start()
    }

    /// Bytes straight onto a connection, and what comes back until the other side closes or the time is up.
    private func raw(_ bytes: [UInt8], wait seconds: Double = 6) -> [Frame] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return [] }
        var patience = timeval(tv_sec: Int(seconds), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        if !bytes.isEmpty { _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
        var heard: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            heard += buffer[..<count]
        }
        var frames: [Frame] = []
        while heard.count >= 4 {
            let length = heard.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard heard.count >= 4 + length, let frame = try? Frame(body: heard[4..<4 + length]) else {
                break
            }
            frames.append(frame)
            heard.removeFirst(4 + length)
        }
        return frames
    }

    private func codes(_ frames: [Frame]) -> [String] {
        frames.compactMap {
            guard case .notice(let json) = $0 else { return nil }
            return (try? JSONDecoder().decode(Notice.self, from: Data(json)))?.code
        }
    }

    @Test(
        "garbage, oversize, half frames, no sign-on, a wrong secret: each is told why, and others are not disturbed"
    )
    func everything() throws {
        let good = try TestLink("a", home: real.home)
        try good.connect(port: port)

        #expect(codes(raw(Array("GET / HTTP/1.1\r\n\r\n".utf8))) == ["bad-frame"])
        #expect(codes(raw([0x7F, 0xFF, 0xFF, 0xFF, 0x4D])) == ["bad-frame"])
        #expect(codes(raw([0, 0, 0, 0])) == ["bad-frame"])
        #expect(codes(raw([0, 0, 0, 2, 0x21, 0x21])) == ["bad-frame"])
        // Half a frame, and nothing at all.
        #expect(!codes(raw([0, 0, 0, 90, 0x53])).isEmpty)
        #expect(codes(raw([])) == ["sign-on-late"])
        // A message before the sign-on.
        var early: [UInt8] = []
        Frame.message(sequence: 1, acknowledged: 0, bytes: [65]).append(to: &early)
        #expect(codes(raw(early)) == ["unexpected-frame"])
        // A sign-on with a wrong proof, and one that is no JSON.
        let wrong = try JSONEncoder().encode(SignOn(link: "a", session: "x", received: 0, proof: "00"))
        for (json, code) in [(Array(wrong), "sign-on-refused"), (Array("hello".utf8), "bad-sign-on")] {
            var bytes: [UInt8] = []
            Frame.signOn(json).append(to: &bytes)
            #expect(codes(raw(bytes)) == [code])
        }

        good.send("DQ.CO0010100.WA.*A000000001.TXT\r\nOLN/WDL00000012X")
        try good.wait(5) { $0.messages.count == 1 }
        #expect(good.read { $0.notices.isEmpty })
    }

    @Test("a malformed message is answered with an error, and the link goes on")
    func malformed() throws {
        let link = try TestLink("a", home: real.home)
        try link.connect(port: port)
        link.send("this is no message")
        link.send(String(repeating: "X", count: 20_000))
        link.send("DQ.CO0010100.WA.*A000000001.TXT\r\nOLN/WDL00000012X")
        try link.wait(5) { $0.messages.count == 3 }
        let texts = link.read { $0.messages.map { String(decoding: $0, as: UTF8.self) } }
        #expect(texts[0].hasPrefix("ER.NL0000000") && texts[1].hasPrefix("ER.NL0000000"))
        #expect(texts[2].contains("COMITY 1 RELEASED"))
    }

    @Test("a link that does not take its answers stops getting questions answered; others go on")
    func slow() throws {
        let slow = try TestLink("a", home: real.home)
        let quick = try TestLink("b", home: real.home)
        try slow.connect(port: port, acknowledges: false)
        try quick.connect(port: port)
        for number in 0..<600 {
            slow.send("DQ.CO0010100.TX.*S\(100_000_000 + number).TXT\r\nOLN/X0000001")
        }
        for number in 0..<20 {
            quick.send("DQ.CO0010100.TX.*Q\(100_000_000 + number).TXT\r\nOLN/X0000001")
        }
        try quick.wait(10) { $0.messages.count == 20 }
        // Not more than the window is on its way to the slow one.
        #expect(slow.read { $0.messages.count } <= 256)
    }

    @Test("more connections than the limit are closed, those that are open stay")
    func tooMany() throws {
        let good = try TestLink("a", home: real.home)
        try good.connect(port: port)
        var descriptors: [Int32] = []
        for _ in 0..<60 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
            _ = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            descriptors.append(descriptor)
        }
        good.send("DQ.CO0010100.WA.*A000000001.TXT\r\nOLN/WDL00000012X")
        try good.wait(5) { $0.messages.count == 1 }
        for descriptor in descriptors { close(descriptor) }
    }

    @Test("a graceful stop ends with status 0, and the next process goes on with the session")
    func graceful() throws {
        let link = try TestLink("a", home: real.home)
        try link.connect(port: port)
        for number in 0..<50 { link.send("DQ.CO0010100.TX.*A\(100_000_000 + number).TXT\r\nOLN/X0000001") }
        #expect(real.stop() == 0)
        try link.connect(port: try real.start())
        try link.wait(10) { $0.messages.count == 50 && $0.unacknowledged.isEmpty }
    }
}
