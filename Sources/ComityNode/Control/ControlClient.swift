package import ComityLedger
package import ComityService
import Foundation
import Glibc

/// Asks a running switch over its control socket.
package enum ControlClient {
    /// What a switch says of itself; `nil` if none runs on this home.
    package static func status(_ home: Home) -> SwitchStatus? {
        guard let line = ask(home, "{\"do\":\"status\"}\n") else { return nil }
        return try? JSONDecoder().decode(SwitchStatus.self, from: line)
    }

    /// Asks a switch to stop; `false` if none runs on this home.
    package static func stop(_ home: Home) -> Bool { ask(home, "{\"do\":\"stop\"}\n") != nil }

    /// The newest seal of a ledger that a running switch has, as a note; `nil` if none runs or it has not sealed it yet.
    package static func seal(_ home: Home, of ledger: LedgerName) -> [UInt8]? {
        guard let line = ask(home, "{\"do\":\"seal\",\"ledger\":\"\(ledger)\"}\n"),
            let answer = try? JSONDecoder().decode([String: String].self, from: line)
        else { return nil }
        return answer["seal"].map { Array($0.utf8) }
    }

    /// How the links of a running switch stand.
    ///
    /// - Throws: `no-switch`.
    package static func links(_ home: Home) throws -> [LinkCard] {
        guard let line = ask(home, "{\"do\":\"links\"}\n"),
            let answer = try? JSONDecoder().decode([String: [LinkCard]].self, from: line)
        else {
            throw ServiceError.noSwitch(on: home)
        }
        return answer["links"] ?? []
    }

    /// Has a running switch list what waits for desks, or take a decision.
    ///
    /// - Throws: `no-switch`, `no-reply`, and why a decision was not taken.
    package static func desk(_ home: Home, _ request: DeskRequest) throws -> DeskReply {
        let line = String(decoding: try JSONEncoder().encode(request), as: UTF8.self) + "\n"
        guard status(home) != nil else {
            throw ServiceError(
                "no-switch", "no switch runs on the home `\(home.path)`; what is held waits in a running one",
                next: "start it with `comity serve`")
        }
        guard let answer = ask(home, line),
            let reply = try? JSONDecoder().decode(ControlReply<DeskReply>.self, from: answer)
        else {
            throw ServiceError(
                "no-reply", "the switch of the home `\(home.path)` ended, or does not know this request",
                next: "whether it was decided, `comity explain` says")
        }
        return try reply.get()
    }

    /// Has a running switch change, or say what a change would do.
    ///
    /// - Throws: `no-switch`, `no-reply`, and why nothing was changed.
    package static func change(_ home: Home, _ request: ChangeRequest) throws -> ChangeReport {
        guard status(home) != nil else {
            throw ServiceError(
                "no-switch",
                "no switch runs on the home `\(home.path)`: there is nothing to change without a restart",
                next: "start it with `comity serve`; it begins with the configuration that it is given")
        }
        let line = String(decoding: try JSONEncoder().encode(request), as: UTF8.self) + "\n"
        guard let answer = ask(home, line, patience: 0),
            let reply = try? JSONDecoder().decode(ControlReply<ChangeReport>.self, from: answer)
        else {
            throw ServiceError(
                "no-reply", "the switch of the home `\(home.path)` ended, or does not know this request",
                next: "`comity configuration history` says whether it was changed")
        }
        return try reply.get()
    }

    /// Has a running switch say what it knows of its queue, or decide about what was set aside; `nil` if none runs on this
    /// home.
    package static func queue(_ home: Home, _ request: QueueRequest) throws -> QueueReply? {
        guard status(home) != nil else { return nil }
        let line = String(decoding: try JSONEncoder().encode(request), as: UTF8.self) + "\n"
        guard let answer = ask(home, line),
            let reply = try? JSONDecoder().decode(ControlReply<QueueReply>.self, from: answer)
        else {
            throw ServiceError(
                "no-reply", "the switch of the home `\(home.path)` ended, or does not know this request",
                next: "use the program that belongs to the switch")
        }
        return try reply.get()
    }

    /// Has a running switch do something with its ledgers; `nil` if none runs on this home. It may take long.
    static func keep(_ home: Home, _ request: KeepingRequest) throws -> KeepingReport? {
        guard status(home) != nil else { return nil }
        let line = String(decoding: try JSONEncoder().encode(request), as: UTF8.self) + "\n"
        guard let answer = ask(home, line, patience: 0),
            let reply = try? JSONDecoder().decode(ControlReply<KeepingReport>.self, from: answer)
        else {
            throw ServiceError(
                "no-reply", "the switch of the home `\(home.path)` ended, or does not know this request",
                next:
                    "look into its log; whether it was done, `comity ledger verify` and the export of the ledger say"
            )
        }
        return try reply.get()
    }

    /// - Parameter patience: seconds to wait for the answer; 0 for as long as the switch lives.
    private static func ask(_ home: Home, _ request: String, patience: Int = 5) -> Data? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(home.controlSocket.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else { return nil }
        var patience = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard request.withCString({ write(descriptor, $0, strlen($0)) }) > 0 else { return nil }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(descriptor, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return Data(line) }
            line.append(byte)
        }
        return nil
    }
}

extension ServiceError {
    /// Nobody answers on a home's control socket.
    package static func noSwitch(on home: Home) -> ServiceError {
        ServiceError(
            "no-switch", "no switch runs on the home `\(home.path)`", next: "start it with `comity serve`")
    }
}
