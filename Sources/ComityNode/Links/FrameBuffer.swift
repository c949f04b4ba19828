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
        if let message = message(length: Int(length)) { return message }
        let body = bytes.readBytes(length: Int(length)) ?? []
        if bytes.readableBytes == 0 { bytes.clear(minimumCapacity: 0) }
        return try Frame(body: body)
    }

    /// Nearly every frame is a message: its parts are taken straight out of the buffer.
    private mutating func message(length: Int) -> Frame? {
        let start = bytes.readerIndex
        guard length > FrameSize.messageHeader, bytes.getInteger(at: start) == Frame.messageType,
            let sequence: UInt64 = bytes.getInteger(at: start + 1),
            let acknowledged: UInt64 = bytes.getInteger(at: start + 9),
            let text = bytes.getBytes(
                at: start + FrameSize.messageHeader, length: length - FrameSize.messageHeader)
        else { return nil }
        bytes.moveReaderIndex(forwardBy: length)
        if bytes.readableBytes == 0 { bytes.clear(minimumCapacity: 0) }
        return .message(sequence: sequence, acknowledged: acknowledged, bytes: text)
    }
}
