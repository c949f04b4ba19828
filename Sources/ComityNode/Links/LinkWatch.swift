import NIOCore

/// The clocks of one connection: sign-on in time, half frames, silence, heartbeats.
///
/// One repeated task for each connection looks at coarse marks; nothing is scheduled for each message.
struct LinkWatch {
    private let limits: LinkLimits
    private var opened = NIODeadline.now()
    private var lastHeard = NIODeadline.now()
    private var partialSince: NIODeadline?
    private var task: RepeatedTask?

    init(limits: LinkLimits) { self.limits = limits }

    mutating func heard() { lastHeard = .now() }

    mutating func frame(isPartial: Bool) {
        if !isPartial { partialSince = nil } else if partialSince == nil { partialSince = .now() }
    }

    mutating func start(_ handler: LinkHandler, on eventLoop: any EventLoop) {
        let bound = NIOLoopBound(handler, eventLoop: eventLoop)
        // A third of the silence, so that one lost heartbeat does not end a link.
        let pace = TimeAmount.milliseconds(Int64(limits.silenceSeconds) * 1000 / 3)
        let first = TimeAmount.seconds(Int64(min(limits.signOnSeconds, limits.frameSeconds)))
        task = eventLoop.scheduleRepeatedTask(initialDelay: min(first, pace), delay: min(first, pace)) { _ in
            bound.value.look()
        }
    }

    mutating func stop() {
        task?.cancel()
        task = nil
    }

    /// What is overdue now.
    func overdue(isSignedOn: Bool) -> Overdue? {
        let now = NIODeadline.now()
        if !isSignedOn, now - opened >= .seconds(Int64(limits.signOnSeconds)) { return .signOn }
        if let partialSince, now - partialSince >= .seconds(Int64(limits.frameSeconds)) { return .frame }
        if now - lastHeard >= .seconds(Int64(limits.silenceSeconds)) { return .silence }
        return nil
    }

    enum Overdue { case signOn, frame, silence }
}

extension LinkHandler {
    /// Ends what is overdue, and otherwise shows that this end is alive.
    func look() {
        let limits = watchLimits
        switch overdue {
        case .signOn:
            refuse(
                code: "sign-on-late", why: "no sign-on within \(limits.signOnSeconds) s",
                next: "connect again")
        case .frame:
            refuse(
                code: "frame-late", why: "a frame was not complete after \(limits.frameSeconds) s",
                next: "send whole frames; see the wire profile")
        case .silence:
            refuse(
                code: "silent", why: "nothing was heard for \(limits.silenceSeconds) s",
                next: "send heartbeats; sign on again to go on with the session")
        case nil: beat()
        }
    }
}
