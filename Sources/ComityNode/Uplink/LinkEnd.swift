import ComityExchange

/// What a loop does with a connection, whichever end of the link this switch is.
protocol LinkEnd: AnyObject {
    /// Performs one effect; `true` if something was written that must be flushed.
    func perform(_ effect: LinkEffect) -> Bool
    func flush()
    /// Sends an acknowledgement by itself if no message carried it meanwhile.
    func acknowledgeIfOwed()
    /// Reads on, if there is room again; `true` unless it must stay paused.
    @discardableResult
    func resumeIfRoom() -> Bool
}
