import ComityMessages

extension LinkService {
    /// Reads what another switch sent. It comes with the output header, and is kept as a link would have sent it: the same
    /// message under the input header, so that whoever opens a kept question later need not know which way it came.
    func decodeFromSwitch(_ bytes: [UInt8]) -> (bytes: [UInt8], content: Result<Message, MessageError>) {
        do throws(MessageError) {
            var message = try LegacyCodec.decode(bytes, direction: .output, tables: tables)
            message.stamps = nil
            return (try LegacyCodec.encode(message, direction: .input), .success(message))
        } catch {
            return (bytes, .failure(error))
        }
    }
}
