import ComityMessages
import Testing

@Suite("Inputs that once broke the codec, and seeds of the fuzzer")
struct FailCaseTests {
    static let failed = (try? Repository.files(in: "Fuzz/FailCases/codec")) ?? []
    static let seeds = (try? Repository.files(in: "Fuzz/Seeds/codec")) ?? []

    @Test(
        "it is read or refused, and what was read is written and read back the same",
        arguments: failed + seeds)
    func replay(file: String) throws {
        let bytes = try Repository.bytes(file)
        for direction in [nil, Direction.input, .output] {
            CodecPropertyTests().probe(bytes, direction)
        }
    }

    @Test("the folders are there")
    func found() {
        #expect(!Self.failed.isEmpty && Self.seeds.count >= 40)
    }
}
