extension AskerSyntax {
    var pieces: Pieces {
        var pieces = Pieces()
        switch self {
        case .family(let family):
            if !family.text.contains(".") { pieces.add("family") }
            pieces.add(family.text)
        case .agency(let id):
            pieces.add("agency")
            pieces.add(id.text)
        case .unknownAgency:
            pieces.add("unknown")
            pieces.add("agency")
        case .member(let set, let state):
            pieces.add(set.text)
            if let state {
                pieces.add("of")
                pieces.add(state.text)
            }
        }
        return pieces
    }
}

extension TestSyntax {
    /// Who asks for what, and what is stated.
    var asks: Pieces {
        var pieces = asker?.pieces ?? Pieces()
        if !affiliated.isEmpty {
            pieces.add("affiliated")
            pieces.add(Pieces(list: affiliated))
        }
        pieces.add("asks")
        if let request { pieces.add(request.text) }
        for (place, one) in stated.enumerated() {
            if place > 0 { pieces.close(with: ",") }
            pieces.add(one)
        }
        return pieces
    }

    private var stated: [Pieces] {
        var stated: [Pieces] = []
        func say(_ words: String...) {
            var pieces = Pieces()
            for word in words { pieces.add(word) }
            stated.append(pieces)
        }
        if withPhoto { say("with", "photo") }
        for fact in facts { say(fact.name.text, fact.value.text) }
        for signed in certifications {
            var pieces = Pieces("certification")
            pieces.add(signed.name.written)
            if let version = signed.version {
                pieces.add("version")
                pieces.add(version.writtenNumber)
            }
            pieces.add(signed.standing.text)
            stated.append(pieces)
        }
        for limit in over { say("over", limit.text) }
        if let behalf {
            var pieces = Pieces("on behalf of")
            pieces.add(behalf.pieces)
            stated.append(pieces)
        }
        if let day { say("on", day.text) }
        return stated
    }
}

extension ExpectationSyntax {
    var pieces: Pieces {
        var pieces = Pieces(verb.text)
        pieces.add(Pieces(list: groups))
        pieces.add(Pieces(things: things))
        if !rules.isEmpty {
            if !isOfDuty { pieces.add("by") }
            pieces.add(Pieces(list: rules))
        }
        return pieces
    }
}
