/// Every limit of a link, with its reason.
package struct LinkLimits: Hashable, Sendable {
    /// Messages that a link may have on the way to the disk; above it the switch stops reading from the link.
    /// Enough to keep a group commit full from one link, few enough that one link cannot fill the memory.
    package var window = 64
    /// Mail sent to a link and not acknowledged; above it the rest waits in the store.
    package var mailWindow = 256
    /// Mail that may wait for one link: an asker that does not take answers gets no further questions accepted.
    package var mailWaiting = 1024
    /// Seconds in which a new connection must have signed on.
    package var signOnSeconds = 10
    /// Seconds of silence after which the other side is taken for dead.
    package var silenceSeconds = 60
    /// Seconds in which a frame that began must be complete: nobody holds a buffer open with half a frame.
    package var frameSeconds = 20
    /// Connections open at once.
    package var connections = 4096
    /// Frames that cannot be read, or messages that are refused as malformed, before the connection is closed.
    package var badMessages = 100
    /// Milliseconds for which an acknowledgement may wait for an answer to ride on.
    package var acknowledgeDelayMilliseconds = 25
    /// Messages of all links on the way to the disk; above it the switch reads from no link.
    package var inFlight = 8192

    package init() {}
}
