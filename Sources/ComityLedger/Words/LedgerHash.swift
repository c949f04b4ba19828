/// 32 bytes made by SHA-256: a tree hash, the hash of a version, a commitment.
///
/// It is stored in place, so that arrays of hashes are flat and passing one costs no allocation.
public struct LedgerHash: Hashable, Sendable {
    // The four words are the 32 bytes in the order in which they stand in memory.
    private var a: UInt64 = 0
    private var b: UInt64 = 0
    private var c: UInt64 = 0
    private var d: UInt64 = 0

    /// How many bytes a hash has.
    public static let byteCount = 32

    /// Thirty-two zero bytes: a hash of nothing. It stands for "none" nowhere; use an optional for that.
    public static let zero = LedgerHash()

    private init() {}

    /// `nil` unless there are exactly 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init()
        Swift.withUnsafeMutableBytes(of: &self) { $0.copyBytes(from: bytes) }
    }

    /// Takes 32 bytes from memory that holds at least as many.
    init(copying source: UnsafeRawBufferPointer) {
        self.init()
        Swift.withUnsafeMutableBytes(of: &self) {
            $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<Self.byteCount]))
        }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { Swift.withUnsafeBytes(of: self) { Array($0) } }
}

extension LedgerHash: LosslessStringConvertible {
    /// Reads 64 hexadecimal digits.
    public init?(_ text: String) {
        guard let bytes = Hex.bytes(text) else { return nil }
        self.init(bytes)
    }

    /// 64 hexadecimal digits in lower case.
    public var description: String { Hex.text(bytes) }
}
