import ComityMessages
import FoundationEssentials

/// The legacy codec: no input may trap, no error may point outside the input, and what was read must be written
/// and read back the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCodec(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    for direction in [nil, Direction.input, .output] { probe(bytes, direction) }
    do throws(MessageError) {
        let message = try LegacyCodec.decodeChecked(bytes, tables: tables)
        _ = message.request(tables: tables)
    } catch {
        precondition((0...bytes.count).contains(error.offset), "an offset outside the input")
        _ = SystemMessages.error(
            error, offending: bytes, to: .agency(SystemMessages.origin), tables: tables)
    }
    return 0
}

private func probe(_ bytes: [UInt8], _ direction: Direction?) {
    do throws(MessageError) {
        let message = try LegacyCodec.decode(bytes, direction: direction, tables: tables)
        checkStable(message)
    } catch {
        precondition((0...bytes.count).contains(error.offset), "an offset outside the input")
    }
}

private func checkStable(_ message: Message) {
    let direction: Direction = message.stamps == nil ? .input : .output
    do throws(MessageError) {
        let written = try LegacyCodec.encode(message, direction: direction)
        let again = try LegacyCodec.decode(written, direction: direction, tables: tables)
        precondition(again == message, "a message that reads back differently")
    } catch {
        precondition(error.code == "too-long", "a message that was read cannot be written")
    }
}

private let tables: CodeTables = {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        .joined(separator: "/")
    let data = try! Data(contentsOf: URL(filePath: "\(root)/Data/codes/nlets.json"))
    return try! CodeTables(json: Array(data))
}()
