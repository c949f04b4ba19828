extension LegacyWriter {
    mutating func body(_ message: Message) throws(MessageError) {
        switch LegacyForm(of: message.key) {
        case .text:
            guard message.elements.isEmpty else {
                throw refusal("elements-in-text", 0, "a message of this key holds free text only", "elements")
            }
            try text(message.text)
        case .dotted where message.elements.isEmpty:
            let clean = try text(message.text)
            guard clean.isEmpty || LegacyBody.dottedLines(clean) == nil else {
                throw looksLikeElements()
            }
        case .dotted:
            guard message.text.isEmpty else {
                throw refusal(
                    "text-beside-elements", 0, "a message of this key holds elements or free text, not both",
                    "text")
            }
            try dotted(message.elements)
        case .lines:
            let clean = try text(message.text)
            try noElements(in: clean, before: message.elements)
            if !clean.isEmpty && !message.elements.isEmpty { newLine() }
            try lines(message.elements)
        }
    }

    /// Writes free text, without blanks at line ends and blank lines at the ends, and gives it back clean.
    @discardableResult
    private mutating func text(_ text: String) throws(MessageError) -> [UInt8] {
        let raw = Array(text.utf8)
        guard !raw.contains(where: { $0.isControl && $0 != .lineFeed }) else {
            throw refusal(
                "text-character", 0, "free text holds no control characters but line feeds", "text")
        }
        let clean = LegacyBody.cleaned(raw, from: 0, to: raw.count)
        for byte in clean {
            if byte == .lineFeed { newLine() } else { append(byte) }
        }
        return clean
    }

    /// Free text in front of elements must not hold a line that reads as an element, or it would become one.
    private func noElements(in clean: [UInt8], before elements: [Element]) throws(MessageError) {
        guard !clean.isEmpty else { return }
        // With elements after it, one element line is enough; alone, the whole text must still read as text.
        let probe = elements.isEmpty ? clean : clean + [.lineFeed] + Array("ZZ/0".utf8)
        let (read, found) = LegacyBody.lines(probe)
        guard found.count == (elements.isEmpty ? 0 : 1), read.utf8.elementsEqual(clean) else {
            throw looksLikeElements()
        }
    }

    private func looksLikeElements() -> MessageError {
        refusal(
            "text-reads-as-elements", 0, "this free text would be read back as elements", "text")
    }

    private mutating func dotted(_ elements: [Element]) throws(MessageError) {
        for (index, element) in elements.enumerated() {
            if index > 0 { append(.period) }
            let value = try write(element)
            guard value.allSatisfy({ bytes[$0] < 0x80 && bytes[$0] != .period }) else {
                throw refusal(
                    "element-character", 0, "a value holds printable ASCII characters and no period",
                    element.prefix)
            }
        }
    }

    private mutating func lines(_ elements: [Element]) throws(MessageError) {
        for (index, element) in elements.enumerated() {
            if index > 0 { newLine() }
            let value = try write(element)
            guard bytes.last != .period, !readsOn(value) else {
                throw refusal(
                    "element-character", 0,
                    "a value of an answer has no closing period and nothing that reads as a further element",
                    element.prefix)
            }
        }
    }

    /// Whether a further element would be found in a value. Only a slash can begin one.
    private func readsOn(_ value: Range<Int>) -> Bool {
        guard value.contains(where: { bytes[$0] == .slash }) else { return false }
        return value.contains { at in
            (bytes[at] == .space || bytes[at] == .period)
                && afterPrefix(bytes, at: at + 1, end: value.upperBound) != nil
        }
    }

    /// Writes an element and says where its value stands; what was written is checked, since bytes are quicker
    /// to look at than strings.
    private mutating func write(_ element: Element) throws(MessageError) -> Range<Int> {
        let start = bytes.count
        append(element.prefix)
        let end = bytes.count
        append(.slash)
        guard afterPrefix(bytes, at: start, end: bytes.count) == end + 1 else {
            throw refusal(
                "element-malformed", 0, "an element begins with two to ten capital letters and a slash", nil)
        }
        append(element.value)
        let value = (end + 1)..<bytes.count
        guard let first = value.first, bytes[first] != .space, bytes.last != .space else {
            throw refusal(
                "element-empty", 0, "a value is not empty and has no spaces at either end", element.prefix)
        }
        guard !value.contains(where: { bytes[$0].isControl }) else {
            throw refusal(
                "element-character", 0, "a value holds no control characters", element.prefix)
        }
        return value
    }
}
