/// What is known of the tests of a policy: those that are true, and those whose value is known at all.
struct Known<Row: BitRow>: Sendable {
    var yes = Row()
    var known = Row()

    @inline(__always) mutating func formUnion(_ other: Known) {
        yes.formUnion(other.yes)
        known.formUnion(other.known)
    }

    /// The tests that are false.
    @inline(__always) var no: Row { known.subtracting(yes) }
}
