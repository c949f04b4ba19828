import ComityMessages
import NIOCore

/// Cuts the bytes of a connection into frames. It never holds more than one frame of the largest size and what
/// one read brought with it.
struct FrameBuffer {
    private var bytes = ByteBuffer()

    mutating func append(_ more: inout ByteBuffer) {
        if bytes.readableBytes == 0 { bytes = more } else { bytes.writeBuffer(&more) }
    }

    /// Whether a frame began and is not complete.
    var holdsPart: Bool { bytes.readableBytes > 0 }

    /// The next complete frame. The length is checked before its bytes are waited for.
    mutating func next() throws(FrameError) -> Frame? {
        guard let length: UInt32 = bytes.getInteger(at: bytes.readerIndex) else { return nil }
        try Frame.check(length: Int(length))
        guard bytes.readableBytes >= FrameSize.length + Int(length) else { return nil }
        bytes.moveReaderIndex(forwardBy: FrameSize.length)
        let body = bytes.readBytes(length: Int(length)) ?? []
        if bytes.readableBytes == 0 { bytes.clear(minimumCapacity: 0) }
        return try Frame(body: body)
    }
}
