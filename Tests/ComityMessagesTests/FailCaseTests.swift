import ComityMessages
import Testing

@Suite("Inputs that once broke the codec")
struct FailCaseTests {
    static let files = (try? Repository.files(in: "Fuzz/FailCases/codec")) ?? []

    @Test("it is read or refused, and what was read is written and read back the same", arguments: files)
    func replay(file: String) throws {
        let bytes = try Repository.bytes(file)
        for direction in [nil, Direction.input, .output] {
            CodecPropertyTests().probe(bytes, direction)
        }
    }

    @Test("the folder is there")
    func found() {
        #expect(!Self.files.isEmpty)
    }
}
