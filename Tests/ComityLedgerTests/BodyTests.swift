import ComityLedger
import ComityTestSupport
import Testing

@Suite("Bodies")
struct BodyTests {
    @Test("Commitments and answer salts are those of the specification")
    func commitments() throws {
        let cases = try Specification.cases("commitments", in: "commitments.json")
        #expect(cases.count == 5)
        for one in cases {
            let domain = try #require(Commitment.Domain(rawValue: one.string("domain")))
            let salt = try #require(Salt(one.bytes("salt")))
            #expect(Commitment(domain, salt: salt, body: one.bytes("body")).hash == one.hash("commitment"))
            guard domain == .question else { continue }
            let body = try QuestionBody(decoding: one.bytes("body"))
            #expect(body.encode() == one.bytes("body"))
            #expect(body.commitment().hash == one.hash("commitment"))
        }
        for one in try Specification.cases("answerSalts", in: "commitments.json") {
            #expect(Salt(one.bytes("question"))?.forAnswer == Salt(one.bytes("answer")))
        }
    }

    @Test("Domain, salt and body each change a commitment")
    func bound() throws {
        let (one, other) = (salt(1), salt(2))
        let commitment = Commitment(.question, salt: one, body: [1, 2])
        #expect(Commitment(.question, salt: one, body: [1, 2]) == commitment)
        #expect(Commitment(.answer, salt: one, body: [1, 2]) != commitment)
        #expect(Commitment(.question, salt: other, body: [1, 2]) != commitment)
        #expect(Commitment(.question, salt: one, body: [1, 3]) != commitment)
    }

    @Test("A question's body is read as it was written, in that form only")
    func body() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        for _ in 0..<300 {
            let body = QuestionBody(
                salt: Salt(random.bytes(32))!, raw: random.bytes(random.below(400)), link: random.text(),
                session: random.number(), sequence: random.number(), control: random.maybe { $0.text() },
                destination: random.text(), receivedAt: random.number())
            let bytes = body.encode()
            #expect(try QuestionBody(decoding: bytes) == body, "seed \(seed)")
            #expect(try CBOR(decoding: bytes).encode() == bytes, "seed \(seed)")
            var damaged = bytes
            damaged[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
            if let other = try? QuestionBody(decoding: damaged) { #expect(other.encode() == damaged) }
            #expect(throws: CBORError.self) { try QuestionBody(decoding: bytes + [0]) }
        }
    }

    @Test("The longest message has room in a body")
    func longest() throws {
        let body = QuestionBody(
            salt: salt(1), raw: [UInt8](repeating: 65, count: 14_400), link: "wa-1", session: .max,
            sequence: .max,
            control: "0000000017", destination: "WA", receivedAt: .max)
        #expect(try QuestionBody(decoding: body.encode()) == body)
    }

    private func salt(_ byte: UInt8) -> Salt { Salt([UInt8](repeating: byte, count: 32))! }
}
