/// One resolved fact of a question, as a code. Facts are about the request, never about a person.
///
/// The place in the array says which fact of the taxonomy it is; the entry names the taxonomy's version.
public enum EntryFact: Hashable, Sendable {
    /// The request does not say. Written as null.
    case absent
    case number(UInt64)
    case text(String)
    case texts([String])

    func write(to cbor: inout CBORWriter) {
        switch self {
        case .absent: cbor.null()
        case .number(let value): cbor.unsigned(value)
        case .text(let value): cbor.text(value)
        case .texts(let values):
            cbor.array(values.count)
            for value in values { cbor.text(value) }
        }
    }

    init(reading cbor: inout CBORReader) throws(CBORError) {
        switch try cbor.peek() >> 5 {
        case 0: self = .number(try cbor.unsigned())
        case 3: self = .text(try cbor.text())
        case 4:
            var values: [String] = []
            for _ in 0..<(try cbor.array()) { values.append(try cbor.text()) }
            self = .texts(values)
        default:
            guard try cbor.null() else { throw CBORError(.wrongType, at: cbor.offset) }
            self = .absent
        }
    }
}
