extension RuleSyntax {
    /// Its clauses in their usual order: which part, its first word, and the rest.
    var clauses: [(part: PartName, keyword: String, rest: Pieces)] {
        var clauses: [(part: PartName, keyword: String, rest: Pieces)] = []
        if let groups, let keyword = groupsKeyword {
            clauses.append((.effect, keyword.text, Pieces(list: groups)))
        }
        if carryKeyword != nil { clauses.append((.effect, "carry", Pieces(things: carried))) }
        if let notice {
            let words = notice.pieces
            clauses.append((.effect, words.keyword, words.rest))
        }
        if let limit { clauses.append((.effect, "at", limit.pieces)) }
        if let who { clauses.append((.who, kind.text == "share" ? "to" : "from", Pieces(who))) }
        if let when { clauses.append((.when, "when", Pieces(when))) }
        if let unless { clauses.append((.unless, "unless", Pieces(unless))) }
        if let hold { clauses.append((.desk, "desk", hold.pieces)) }
        if neutral != nil { clauses.append((.answer, "answer", Pieces("as not-on-file"))) }
        if !law.isEmpty { clauses.append((.law, "law", Pieces(list: law.map(\.written)))) }
        if let effective { clauses.append((.effective, "effective", Pieces(effective.text))) }
        if let until { clauses.append((.until, "until", Pieces(until.text))) }
        return clauses
    }
}

extension HoldSyntax {
    /// What stands behind `desk`.
    var pieces: Pieces {
        var pieces = Pieces(desk.written)
        if let people {
            for word in ["with", people.text, "people"] { pieces.add(word) }
        }
        if number != nil || unit != nil {
            pieces.add("within")
            for token in [number, unit].compactMap(\.self) { pieces.add(token.writtenNumber) }
        }
        if let otherwise {
            pieces.add("otherwise")
            pieces.add(otherwise.text)
        }
        return pieces
    }
}

extension NoticeSyntax {
    /// Who is told, and the rest.
    var pieces: (keyword: String, rest: Pieces) {
        var rest = Pieces()
        if let name { rest.add(name.written) }
        if isBefore {
            rest.add("before")
        } else {
            rest.add("within")
            for token in [number, unit].compactMap(\.self) { rest.add(token.writtenNumber) }
            rest.add("after")
        }
        if let event { rest.add(event.text) }
        return (party.written, rest)
    }
}

extension LimitSyntax {
    /// What stands behind `at`.
    var pieces: Pieces {
        var pieces = Pieces("most")
        if let number { pieces.add(number.writtenNumber) }
        pieces.add(number?.writtenNumber == "1" ? "look-up" : "look-ups")
        pieces.add("in")
        pieces.add(period?.text == "hour" ? "an" : "a")
        if let period { pieces.add(period.text) }
        pieces.add("for")
        pieces.add("each")
        if let scope { pieces.add(scope.text) }
        pieces.add("otherwise")
        guard let hold else {
            pieces.add("refuse")
            return pieces
        }
        pieces.add("hold")
        pieces.add("desk")
        pieces.add(hold.pieces)
        return pieces
    }
}

extension PromiseSyntax {
    /// What stands below its title.
    var body: Pieces {
        var pieces = Pieces()
        if case .everybody = who {
            for word in ["nobody", "ever", "gets"] { pieces.add(word) }
        } else {
            pieces.add(Pieces(who))
            pieces.add("never")
            pieces.add("gets")
        }
        pieces.add(Pieces(list: groups))
        if byAnyRoute {
            pieces.close(with: ",")
            pieces.add("by")
            pieces.add("any")
            pieces.add("route")
        }
        if let unless {
            pieces.close(with: ",")
            pieces.add("unless")
            pieces.add(Pieces(unless))
        }
        return pieces
    }
}
