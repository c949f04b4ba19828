extension Decoder {
    /// Reads one string and turns it into a value, or says what was expected.
    func lossless<Value: LosslessStringConvertible>(_ expected: String) throws -> Value {
        let container = try singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Value(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "`\(text)` is not \(expected)")
        }
        return value
    }
}

extension Encoder {
    /// Writes a value as its text.
    func lossless(_ value: some LosslessStringConvertible) throws {
        var container = singleValueContainer()
        try container.encode(value.description)
    }
}
