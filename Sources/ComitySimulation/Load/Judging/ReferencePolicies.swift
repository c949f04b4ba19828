import ComityMessages

/// Made-up policies to measure with: as many rules as wanted, of every kind, over everything that a rule can test.
/// They mean nothing.
enum ReferencePolicies {
    /// The rules of one owner.
    static let rulesEach = 20

    /// A policy whose rules are those of one or several blocks of twenty; each block has conditions of its own.
    static func text(owner: MemberCode, blocks: Range<Int>) -> String {
        var text = """
            policy \(owner) "Made up, to be measured"
            version 1 effective 2026-01-01 taxonomy 2026.2
            define grave as offence in homicide, kidnapping, trafficking, sexual-assault
            define court-order as paper is judicial

            """
        for block in blocks { text += rules(block) }
        return text
    }

    private static let families = [
        "US.DHS.ICE", "US.DHS.CBP", "US.DOJ.FBI", "US.DHS.ICE.ERO", "US.DOJ", "US.TREAS", "US.DHS.USCIS",
        "US.DOI.NPS", "US.USPS.USPIS", "US.DHS.TSA",
    ]
    private static let offences = [
        "homicide", "kidnapping", "narcotics", "fraud", "immigration-civil", "weapons", "traffic",
    ]
    private static let groups = ["address", "photo", "ssn", "document", "history"]
    private static let states = ["OR", "TX", "NY", "CA", "ID", "WA", "FL", "OH", "ME", "NM", "GA"]
    private static let reasons = ["N", "F", "V", "T", "S", "H", "I"]

    private static func rules(_ block: Int) -> String {
        func pick(_ words: [String], _ step: Int) -> String { words[(block + step) % words.count] }
        func rule(_ kind: String, _ number: Int, _ lines: String...) -> String {
            "\(kind) R-\(block)-\(number) \"Made up\"\n"
                + (lines + ["law \"None, made up\""]).map { "  \($0)\n" }.joined()
        }
        let desk = "desk \"State desk\" within 4 hours otherwise refuse"
        return rule(
            "share", 1, "give identity, description, licence, status, vehicle, safety", "to law-enforcement")
            + rule(
                "share", 2, "give \(pick(groups, 0))", "to police of \(pick(states, 0)), own-state",
                "when reason in \(pick(reasons, 0)), \(pick(reasons, 2))")
            + rule(
                "share", 3, "give photo, history", "to law-enforcement",
                "when grave or (case-number given and not state \(pick(states, 1)))")
            + rule(
                "share", 4, "give registered-owner",
                "to kind county, state-police, \(pick(["tribal", "campus"], 0))")
            + rule(
                "share", 5, "give address, document", "to family \(pick(families, 0))",
                "when court-order and requester-name given")
            + rule("share", 6, "give history", "to pattern \(pick(states, 2))???0?00", "when purpose is C")
            + rule("share", 7, "give everything", "to own-state", "when protected-person is no")
            + rule("refuse", 8, "from family \(pick(families, 0))", "unless court-order")
            + rule(
                "refuse", 9, "from family \(pick(families, 3))",
                "when offence in \(pick(offences, 0)), \(pick(offences, 3)) or reason absent",
                "unless paper is verified")
            + rule(
                "refuse", 10, "from everybody", "when protected-person is yes",
                "unless paper is verified-judicial")
            + rule(
                "withhold", 11, "keep \(pick(groups, 1))", "from federal",
                "unless grave and case-number given")
            + rule(
                "withhold", 12, "keep ssn", "from other-states",
                "unless reason is \(pick(reasons, 1)) and requester-name given")
            + rule(
                "withhold", 13, "keep address", "from everybody",
                "when minor is yes and not document-class is commercial")
            + rule(
                "hold", 14, "for \(pick(groups, 2))", "from other-states", "when case-number missing", desk)
            + rule(
                "hold", 15, "from federal and not state \(pick(states, 3))",
                "when request in archive-search, partial-plate", "unless emergency declared", desk)
            + rule(
                "require", 16, "carry reason, case-number", "from federal",
                "when request in driver-photo, driver-history", "unless emergency declared")
            + rule(
                "require", 17, "carry certification \"No immigration use\"",
                "from kind other, \(pick(["campus", "tribal"], 0))",
                "when offence is \(pick(offences, 4))")
            + rule(
                "notify", 18, "subject within 3 business-days after released",
                "from family \(pick(families, 5))")
            + rule(
                "notify", 19, "\"Attorney General\" within 2 days after paper-received", "from everybody",
                "unless sealed-investigation declared")
            + rule(
                "limit", 20, "at most 200 look-ups in a day for each agency otherwise hold \(desk)",
                "from country US and not own-state")
    }
}
