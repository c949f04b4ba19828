import ComityMessages
import NIOCore

extension Frame {
    /// The frame as it goes onto the wire.
    func buffer(_ allocator: ByteBufferAllocator) -> ByteBuffer {
        if case .message(let sequence, let acknowledged, let text) = self {
            // Nearly every frame: written once, without an array in between.
            var buffer = allocator.buffer(capacity: FrameSize.length + FrameSize.messageHeader + text.count)
            buffer.writeInteger(UInt32(FrameSize.messageHeader + text.count))
            buffer.writeInteger(Frame.messageType)
            buffer.writeInteger(sequence)
            buffer.writeInteger(acknowledged)
            buffer.writeBytes(text)
            return buffer
        }
        var bytes: [UInt8] = []
        append(to: &bytes)
        return allocator.buffer(bytes: bytes)
    }
}
