import Dispatch
import Foundation
import Glibc
import Synchronization

/// One named thread that runs one function to its end.
package final class Worker: Sendable {
    private let finished = DispatchGroup()

    /// - Parameter nice: how far it stands back for others when the processors are busy, 0 to 19.
    package init(_ name: String, nice: Int32 = 0, _ body: @escaping @Sendable () -> Void) {
        finished.enter()
        let finished = finished
        let thread = Thread {
            // What `top` shows; at most 15 characters.
            Thread.current.name = name
            // On Linux this is the calling thread's own.
            if nice > 0 { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, nice) }
            body()
            finished.leave()
        }
        thread.stackSize = 2 << 20
        thread.start()
    }

    /// Waits for the end.
    package func join() { finished.wait() }
}
