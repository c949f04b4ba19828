import ComityExchange
import NIOCore

/// One event loop with the connections that live on it. Everything here is touched on that loop only.
///
/// The switchboard hands over all effects of a round at once: one hop and one flush per connection and round,
/// not one for each message.
final class LinkLoop: Sendable {
    let eventLoop: any EventLoop
    private let state: NIOLoopBoundBox<State>

    private final class State {
        var handlers: [ConnectionID: any LinkEnd] = [:]
        var owing: [any LinkEnd] = []
        var isSweepPlanned = false
        /// Connections that are not read from for now.
        var paused: [any LinkEnd] = []
        var isLookPlanned = false
    }

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        state = .makeBoxSendingValue(State(), eventLoop: eventLoop)
    }

    func add(_ handler: any LinkEnd, as connection: ConnectionID) {
        state.value.handlers[connection] = handler
    }

    func remove(_ connection: ConnectionID) { state.value.handlers[connection] = nil }

    /// Performs effects in order; called from any thread.
    func perform(_ effects: [LinkEffect]) {
        eventLoop.execute {
            let handlers = self.state.value.handlers
            var touched: [any LinkEnd] = []
            for effect in effects {
                guard let handler = handlers[effect.connection] else { continue }
                if handler.perform(effect) { touched.append(handler) }
            }
            for handler in touched { handler.flush() }
            self.resume()
        }
    }

    /// A connection is not read from until there is room again; looked at after each batch of effects, and now and
    /// then in case none comes.
    func paused(_ handler: any LinkEnd) {
        state.value.paused.append(handler)
        guard !state.value.isLookPlanned else { return }
        state.value.isLookPlanned = true
        eventLoop.scheduleTask(in: .milliseconds(50)) { self.lookAgain() }
    }

    private func lookAgain() {
        resume()
        state.value.isLookPlanned = !state.value.paused.isEmpty
        if state.value.isLookPlanned { eventLoop.scheduleTask(in: .milliseconds(50)) { self.lookAgain() } }
    }

    private func resume() {
        guard !state.value.paused.isEmpty else { return }
        let paused = state.value.paused
        state.value.paused = []
        // Resuming may read at once, and pause again.
        let still = paused.filter { !$0.resumeIfRoom() }
        state.value.paused += still
    }

    /// A connection owes its link an acknowledgement: unless an answer carries it, it is sent by itself shortly.
    func owe(_ handler: any LinkEnd, within delay: TimeAmount) {
        state.value.owing.append(handler)
        guard !state.value.isSweepPlanned else { return }
        state.value.isSweepPlanned = true
        eventLoop.scheduleTask(in: delay) {
            self.state.value.isSweepPlanned = false
            let owing = self.state.value.owing
            self.state.value.owing.removeAll(keepingCapacity: true)
            for handler in owing { handler.acknowledgeIfOwed() }
        }
    }
}

extension LinkEffect {
    var connection: ConnectionID {
        switch self {
        case .welcome(let connection, _, _), .send(let connection, _, _), .acknowledge(let connection, _),
            .notice(let connection, _), .close(let connection):
            connection
        }
    }
}
