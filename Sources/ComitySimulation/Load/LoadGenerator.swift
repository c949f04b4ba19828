import ComityMessages
package import ComityNode
import Dispatch
import NIOCore
import NIOPosix
import Synchronization

/// Sends look-ups over real links, each link a new one as soon as an answer is there, and checks every answer:
/// throughput without correctness is not reported.
package final class LoadGenerator: Sendable {
    /// What a run gave.
    package struct Result: Sendable {
        package var lookups = 0
        package var refused = 0
        /// Answers that were not what the plan expects: each is a fault of the switch.
        package var wrong = 0
        package var firstFault: String?
        package var seconds = 0.0
        package var p50Milliseconds = 0.0
        package var p99Milliseconds = 0.0
    }

    private let plan: LoadPlan.Prepared
    private let depth: Int
    private let pause: TimeAmount
    private let tally = Mutex(Tally())

    private struct Tally {
        var result = Result()
        var latencies = Latencies()
        var isOver = false
        var signedOn = 0
    }

    /// - Parameter pauseMilliseconds: between an answer and the next question of its link.
    package init(_ plan: LoadPlan, depth: Int, pauseMilliseconds: Int = 0) {
        self.plan = plan.prepared()
        self.depth = depth
        pause = .milliseconds(Int64(pauseMilliseconds))
    }

    /// Runs for a time.
    ///
    /// - Parameters:
    ///   - identities: one for each link.
    ///   - warmUp: seconds at the start that are not counted.
    package func run(
        _ identities: [LinkClient.Identity], host: String, port: Int, seconds: Double, warmUp: Double
    ) throws -> Result {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { try? group.syncShutdownGracefully() }
        let begin = DispatchTime.now()
        let countFrom = begin + warmUp
        let end = countFrom + seconds
        var channels: [any Channel] = []
        for (number, identity) in identities.enumerated() {
            let channel = try LinkClient.connect(host: host, port: port, group: group) {
                let state = LinkState(
                    seed: UInt64(number) &* 0x9E37_79B9 &+ 1, number: number, depth: self.depth)
                return LinkClient(identity, acknowledgesAtOnce: false) { client, happening in
                    self.happened(happening, on: client, state: state, countFrom: countFrom, end: end)
                }
            }.wait()
            channels.append(channel)
        }
        Thread.sleep(until: end)
        // What is under way may still come in; it is not counted.
        Thread.sleep(until: end + 1)
        for channel in channels { try? channel.close().wait() }
        return tally.withLock { tally in
            var result = tally.result
            result.seconds = seconds
            result.lookups = tally.latencies.total
            result.p50Milliseconds = tally.latencies.milliseconds(at: 0.5)
            result.p99Milliseconds = tally.latencies.milliseconds(at: 0.99)
            return result
        }
    }

    /// One link's own state; touched on its event loop only.
    private final class LinkState {
        var random: UInt64
        let number: Int
        let depth: Int
        var sequence: UInt64 = 0
        var waiting: [UInt64: (since: UInt64, isToBeRefused: Bool)] = [:]
        var latencies = Latencies()
        var result = Result()
        var isOver = false

        init(seed: UInt64, number: Int, depth: Int) {
            random = seed
            self.number = number
            self.depth = depth
        }

        func next() -> UInt64 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return random >> 20
        }
    }

    private func happened(
        _ happening: LinkClient.Happening, on client: LinkClient, state: LinkState, countFrom: DispatchTime,
        end: DispatchTime
    ) {
        switch happening {
        case .welcome: for _ in 0..<state.depth { send(on: client, state) }
        case .message(_, let bytes):
            let now = DispatchTime.now()
            check(bytes, state, now: now, isCounted: now >= countFrom && now < end)
            guard now < end else { return finish(state) }
            guard pause > .zero, let loop = client.eventLoop else { return send(on: client, state) }
            loop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: pause) { self.send(on: client, state) }
        case .notice(let notice):
            state.result.wrong += 1
            state.result.firstFault = "notice `\(notice.code)`: \(notice.why)"
            finish(state)
        case .closed: finish(state)
        case .acknowledged: break
        }
    }

    private func send(on client: LinkClient, _ state: LinkState) {
        state.sequence += 1
        // Unique over all links: the number of the link, then the number of the message.
        let control = state.sequence &* 4096 &+ UInt64(state.number)
        let (bytes, isToBeRefused) = plan.message(state.next(), control: control)
        state.waiting[Self.control(in: bytes)] = (DispatchTime.now().uptimeNanoseconds, isToBeRefused)
        client.send(bytes, sequence: state.sequence)
    }

    private func check(_ bytes: [UInt8], _ state: LinkState, now: DispatchTime, isCounted: Bool) {
        guard let asked = state.waiting.removeValue(forKey: Self.control(in: bytes)) else {
            return fault("an answer to nothing that was asked", bytes, state)
        }
        let isRefused = Self.holds(bytes, Self.refusedMark)
        guard isRefused || Self.holds(bytes, Self.releasedMark) else {
            return fault("neither released nor refused", bytes, state)
        }
        guard isRefused == asked.isToBeRefused else {
            return fault(isRefused ? "refused and should not be" : "released and should not be", bytes, state)
        }
        guard isCounted else { return }
        state.latencies.add(microseconds: Int64((now.uptimeNanoseconds - asked.since) / 1000))
        if isRefused { state.result.refused += 1 }
    }

    private func fault(_ what: String, _ bytes: [UInt8], _ state: LinkState) {
        state.result.wrong += 1
        if state.result.firstFault == nil {
            state.result.firstFault = what + ": " + String(decoding: bytes.prefix(200), as: UTF8.self)
        }
    }

    private func finish(_ state: LinkState) {
        guard !state.isOver else { return }
        state.isOver = true
        tally.withLock { tally in
            tally.latencies.add(state.latencies)
            tally.result.refused += state.result.refused
            tally.result.wrong += state.result.wrong
            tally.result.firstFault = tally.result.firstFault ?? state.result.firstFault
        }
    }

    private static let refusedMark = Array("COMITY 1 REFUSED".utf8)
    private static let releasedMark = Array("COMITY 1 RELEASED".utf8)

    /// The ten letters behind the first asterisk, as a number; 0 if there are none.
    private static func control(in bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBufferPointer { bytes in
            guard let star = bytes.firstIndex(of: UInt8(ascii: "*")) else { return 0 }
            var number: UInt64 = 0
            for place in (star + 1)..<min(star + 1 + ControlField.maximumLength, bytes.count) {
                number = number &* 32 &+ UInt64(bytes[place] & 31)
            }
            return number
        }
    }

    private static func holds(_ bytes: [UInt8], _ mark: [UInt8]) -> Bool {
        guard bytes.count >= mark.count else { return false }
        // The mark stands in the first line of the text, behind a header of about a hundred bytes.
        for start in 60...min(bytes.count - mark.count, 200) where bytes[start] == mark[0] {
            if bytes[start..<start + mark.count].elementsEqual(mark) { return true }
        }
        return false
    }
}

enum Thread {
    static func sleep(until time: DispatchTime) {
        let semaphore = DispatchSemaphore(value: 0)
        _ = semaphore.wait(timeout: time)
    }
}
