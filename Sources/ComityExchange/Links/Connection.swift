/// The switch's own number for one connection; a link that connects again gets another.
package struct ConnectionID: Hashable, Sendable {
    package var number: UInt64

    package init(_ number: UInt64) { self.number = number }
}
