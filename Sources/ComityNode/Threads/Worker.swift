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
            body()
            finished.leave()
        }
        thread.name = name
        thread.stackSize = 2 << 20
        thread.start()
    }

    /// Waits for the end.
    func join() { finished.wait() }
}
