import Dispatch
import Foundation
import Synchronization

/// One named thread that runs one function to its end.
final class Worker: Sendable {
    private let finished = DispatchGroup()

    init(_ name: String, _ body: @escaping @Sendable () -> Void) {
        finished.enter()
        let finished = finished
        let thread = Thread {
            // What `top` shows; at most 15 characters.
            Thread.current.name = name
            body()
            finished.leave()
        }
        thread.stackSize = 2 << 20
        thread.start()
    }

    /// Waits for the end.
    func join() { finished.wait() }
}
