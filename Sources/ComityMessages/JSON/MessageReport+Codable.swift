extension MessageReport: Codable {
    private enum CodingKeys: String, CodingKey {
        case verdict, key, origin, destinations, control, elements, order, text, received, sent, error
        case code, why, offset, field, number
    }

    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        if try row.decodeIfPresent(Verdict.self, forKey: .verdict) == .reject {
            self.init(
                MessageError(
                    code: try row.decode(String.self, forKey: .code),
                    number: try row.decodeIfPresent(Int.self, forKey: .number),
                    why: try row.decode(String.self, forKey: .why),
                    offset: try row.decode(Int.self, forKey: .offset),
                    field: try row.decodeIfPresent(String.self, forKey: .field)))
            return
        }
        let received = try row.decodeIfPresent(ClockLine.self, forKey: .received)
        let sent = try row.decodeIfPresent(ClockLine.self, forKey: .sent)
        var stamps: Stamps?
        if let received, let sent {
            stamps = Stamps(received: received, sent: sent)
        } else if received != nil || sent != nil {
            throw DecodingError.dataCorruptedError(
                forKey: .sent, in: row, debugDescription: "`received` and `sent` stand together or not at all"
            )
        }
        let order = try row.decodeIfPresent([String].self, forKey: .order)
        let elements = try row.decodeIfPresent(ElementObject.self, forKey: .elements)?.elements(order: order)
        self.init(
            Message(
                key: try row.decode(MessageKey.self, forKey: .key),
                origin: try row.decode(ORI.self, forKey: .origin),
                destinations: try row.decode([Address].self, forKey: .destinations),
                control: try row.decodeIfPresent(ControlField.self, forKey: .control),
                elements: elements ?? [], text: try row.decodeIfPresent(String.self, forKey: .text) ?? "",
                stamps: stamps))
        hasOrder = order != nil
    }

    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(verdict, forKey: .verdict)
        if let refusal {
            try row.encode(refusal.code, forKey: .code)
            try row.encode(refusal.why, forKey: .why)
            try row.encode(refusal.offset, forKey: .offset)
            try row.encodeIfPresent(refusal.field, forKey: .field)
            try row.encodeIfPresent(refusal.number, forKey: .number)
        }
        guard let message else { return }
        // Absent header fields are written as null, so that a reader finds every name.
        try row.encode(message.key, forKey: .key)
        try row.encode(message.origin, forKey: .origin)
        try row.encode(message.destinations, forKey: .destinations)
        try row.encode(message.control, forKey: .control)
        try row.encode(ElementObject(message.elements), forKey: .elements)
        if message.elements.count > 1 { try row.encode(message.elements.map(\.prefix), forKey: .order) }
        try row.encode(message.text, forKey: .text)
        try row.encode(message.stamps?.received, forKey: .received)
        try row.encode(message.stamps?.sent, forKey: .sent)
        try row.encode(error, forKey: .error)
    }
}

/// Elements as a JSON object: a prefix to its value, or to a list of values if it stands more than once.
private struct ElementObject: Codable {
    private struct Prefix: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private var values: [String: [String]] = [:]

    init(_ elements: [Element]) {
        for element in elements { values[element.prefix, default: []].append(element.value) }
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Prefix.self)
        for key in object.allKeys {
            let single = try? object.decode(String.self, forKey: key)
            values[key.stringValue] = try single.map { [$0] } ?? object.decode([String].self, forKey: key)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Prefix.self)
        for (prefix, values) in values {
            let key = Prefix(stringValue: prefix)
            if values.count == 1 {
                try object.encode(values[0], forKey: key)
            } else {
                try object.encode(values, forKey: key)
            }
        }
    }

    /// The elements in a given order of prefixes; what the order leaves out comes after it, by prefix.
    func elements(order: [String]?) -> [Element] {
        var left = values
        var elements: [Element] = []
        for prefix in order ?? [] {
            guard let first = left[prefix]?.first else { continue }
            elements.append(Element(prefix: prefix, value: first))
            left[prefix]?.removeFirst()
        }
        for (prefix, values) in left.sorted(by: { $0.key < $1.key }) {
            elements += values.map { Element(prefix: prefix, value: $0) }
        }
        return elements
    }
}
