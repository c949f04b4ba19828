/// Checks how many destinations there are, and whether each accepts this key.
struct DestinationCheck {
    let message: Message
    /// `nil` for a key without a row.
    let rule: DestinationRule?
    let tables: CodeTables

    func run() throws(MessageError) {
        let most = rule?.most ?? LegacyCodec.maximumDestinations
        guard !message.destinations.isEmpty else {
            throw failure("destination-missing", 19, "a destination is missing", 0)
        }
        guard message.destinations.count <= most else {
            throw failure(
                "destinations-too-many", 19,
                "this key goes to \(most == 1 ? "one destination" : "at most \(most) destinations")", most)
        }
        var seen: [Address] = []
        for (index, destination) in message.destinations.enumerated() {
            let canonical = try accepted(destination, index)
            guard !seen.contains(canonical) else {
                throw failure("destination-repeated", 19, "this destination stands twice", index)
            }
            seen.append(canonical)
        }
    }

    /// The address under its canonical code, if the key may go there.
    private func accepted(_ destination: Address, _ index: Int) throws(MessageError) -> Address {
        guard case .member(let code) = destination else {
            guard rule?.accepts.contains("agency") ?? true else {
                throw failure(
                    "destination-form", 19, "this key goes to codes of two characters only", index)
            }
            return destination
        }
        guard let member = tables.member(code) else {
            throw failure("destination-unknown", 19, "no member has this code", index)
        }
        guard let rule else { return .member(member.code) }
        guard rule.accepts.contains(member.class.rawValue) || rule.also?.contains(member.code) == true else {
            throw failure("destination-not-allowed", 2, "this destination does not accept this key", index)
        }
        guard rule.alone?.contains(member.code) != true || message.destinations.count == 1 else {
            throw failure("destination-alone", 19, "this destination must be the only one", index)
        }
        return .member(member.code)
    }

    private func failure(_ code: String, _ number: Int, _ why: String, _ index: Int) -> MessageError {
        MessageError(code: code, number: number, why: why, field: "destination \(index + 1)")
    }
}
