import ArgumentParser
import ComityMessages
import ComityPolicy
import ComityService

/// What a supposed message would state.
struct StatedFacts: ParsableArguments {
    @Option(help: "The stated reason (RSN), for example S.")
    var reason: String?

    @Option(help: "The stated purpose (PUR).")
    var purpose: String?

    @Option(help: "The stated offence, a class of the taxonomy.")
    var offence: String?

    @Option(help: "A court paper that is claimed: administrative or judicial.")
    var paper: String?

    @Option(name: .customLong("case"), help: "A case number.")
    var caseNumber: String?

    @Flag(help: "The requester's name is given.")
    var name = false

    @Flag(help: "An emergency is declared.")
    var emergency = false

    @Flag(help: "Ask for the photo.")
    var photo = false

    @Option(help: "The agency on whose behalf it asks.")
    var behalf: ORI?

    @Option(help: "The line by which it comes in, as policies call it.")
    var path = "terminal"

    /// The elements of the message. A word that the taxonomy does not know is an error here, not an unknown fact:
    /// it is a slip of the pen.
    func elements(_ taxonomy: Taxonomy) throws -> [Element] {
        var elements: [Element] = []
        func add(_ fact: String, _ option: String, _ value: String?) throws {
            guard let value, let fact = taxonomy.fact(fact), let prefix = fact.element else { return }
            let known = fact.reads.isEmpty ? fact.values.map(\.code) : fact.reads.keys.sorted()
            guard fact.isPresence || known.contains(value) else {
                throw ValidationError(
                    "--\(option) `\(value)` is not known; it is one of \(known.joined(separator: ", "))")
            }
            elements.append(Element(prefix: prefix, value: value))
        }
        try add("reason", "reason", reason)
        try add("purpose", "purpose", purpose)
        try add("offence", "offence", offence)
        try add("paper", "paper", paper)
        try add("case-number", "case", caseNumber)
        try add("requester-name", "name", name ? "GIVEN" : nil)
        try add("emergency", "emergency", emergency ? "Y" : nil)
        try add("on-behalf", "behalf", behalf?.description)
        return elements
    }
}
