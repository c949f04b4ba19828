/// The states of the first facts of a look-up, in place: most taxonomies have no more, and judging reads them all.
struct FrontValues: Sendable {
    static let count = 32

    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// Unknown beyond the end.
    init(_ values: [FactValue]) {
        withUnsafeMutableBytes(of: &words) { bytes in
            for (place, value) in values.prefix(Self.count).enumerated() { bytes[place] = value.rawValue }
        }
    }

    @inline(__always) func read(_ body: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeBytes(of: words, body)
    }
}
