import Dispatch
import Synchronization

/// A value that one thread hands to another, which waits for it.
final class Handed<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    private init() {}

    /// Asks another thread for a value, and waits for it.
    ///
    /// - Parameter ask: is given what the other thread calls with the value, once.
    static func wait(for ask: (@escaping @Sendable (Value) -> Void) -> Void) -> Value {
        let handed = Handed()
        ask { new in
            handed.value.withLock { $0 = new }
            handed.isThere.signal()
        }
        handed.isThere.wait()
        return handed.value.withLock { $0! }
    }
}
