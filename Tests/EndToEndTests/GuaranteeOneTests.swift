import ComityMessages
import ComityNode
import Foundation
import Testing

/// Guarantee 1: nothing is released without a durable ledger entry that says so.
///
/// The test watches the order of system calls: between the arrival of a question and the first byte of its answer
/// the log of the store was flushed at least twice (question, closing), and nothing was written to it after the
/// last flush. A killed process keeps its page cache, so killing alone would prove nothing.
@Suite("Guarantee 1", .serialized)
struct GuaranteeOneTests {
    private enum Call: Equatable {
        case question, write, flush, answer
    }

    @Test("no byte of an answer before the flush of its commit")
    func flushedFirst() throws {
        let calls = try watch([RealSwitch.program, "serve", "--quiet", "--config"], more: [])
        #expect(calls.count { $0 == .answer } == Self.lookups)
        #expect(Self.faults(in: calls).isEmpty, "\(Self.faults(in: calls))")
    }

    @Test("the test notices a store that does not flush (synchronous=NORMAL)")
    func canary() throws {
        let full = try watch([RealSwitch.beside("ComityTestSwitch")], more: ["full"])
        #expect(Self.faults(in: full).isEmpty, "\(Self.faults(in: full))")
        let normal = try watch([RealSwitch.beside("ComityTestSwitch")], more: ["normal"])
        #expect(normal.count { $0 == .answer } == Self.lookups)
        #expect(!Self.faults(in: normal).isEmpty)
    }

    private static let lookups = 5

    /// Runs a switch under `strace`, sends look-ups one after another, and returns the calls that matter.
    private func watch(_ command: [String], more: [String]) throws -> [Call] {
        let real = try RealSwitch(links: [NodeConfiguration.Link(name: "a", everybody: true)])
        let trace = real.home.path + "/trace"
        let port = try real.start(
            [
                "/usr/bin/strace", "-f", "-yy", "-s", "600", "-o", trace, "-e",
                "trace=read,write,writev,recvfrom,recvmsg,sendto,sendmsg,pwrite64,fdatasync,fsync",
            ] + command + [real.configuration] + more)
        let link = try TestLink("a", home: real.home)
        try link.connect(port: port)
        for number in 0..<Self.lookups {
            link.send("DQ.CO0010100.WA.*QUESTION0\(number).TXT\r\nOLN/WDL00000012X")
            try link.wait(20) { $0.messages.count == number + 1 }
        }
        _ = real.stop()
        return Self.calls(try SystemCalls(trace))
    }

    /// A flush or a write counts when it has ended; a send counts when it begins.
    private static func calls(_ trace: SystemCalls) -> [Call] {
        trace.events.compactMap { event in
            if event.isAnswer { return .answer }
            if event.isFlush { return .flush }
            if event.isWrite { return .write }
            let isQuestion = event.hasEnded && event.call.contains("*QUESTION")
            return isQuestion && event.names("read", "recvfrom", "recvmsg") ? .question : nil
        }
    }

    /// Answers whose commits were not flushed before them.
    private static func faults(in calls: [Call]) -> [String] {
        var faults: [String] = []
        var flushes = 0
        var isDirty = false
        for call in calls {
            switch call {
            case .question: flushes = 0
            case .write: isDirty = true
            case .flush:
                flushes += 1
                isDirty = false
            case .answer:
                if flushes < 2 { faults.append("\(flushes) flushes between a question and its answer") }
                if isDirty { faults.append("an answer after a write that was not flushed") }
            }
        }
        return faults
    }
}
