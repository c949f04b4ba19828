import ArgumentParser
import ComityMessages
import ComityNode
import ComityService

/// `comity agency show`
struct AgencyShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Everything that the directory says of one agency.")

    @Argument(help: "The agency ID (ORI), nine characters.")
    var ori: ORI

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let card = try home.data().directory().card(of: ori, on: wallClock().day)
            if output.json { output.printJSON(card) } else { print(text(card)) }
            return 0
        }
    }

    private func text(_ card: AgencyCard) -> String {
        var lines = [output.strong(card.name)]
        lines.append("  agency ID     \(card.id)\(card.madeUp ? " (made up: no such agency exists)" : "")")
        lines.append("  kind          \(card.kind)")
        lines.append("  member        \(card.member)\(card.memberName.map { ", \($0)" } ?? "")")
        lines.append("  family        \(card.family ?? "none")")
        if !card.familyNames.isEmpty {
            lines.append("                \(card.familyNames.joined(separator: " > "))")
        }
        for tie in card.affiliations {
            let until = tie.until.map { " until \($0)" } ?? ""
            lines.append(
                "  affiliation   \(tie.family) from \(tie.from)\(until)\(tie.inForce ? "" : " (not in force today)")"
            )
            lines.append("                \(tie.basis)")
        }
        if card.affiliations.isEmpty { lines.append("  affiliations  none") }
        lines.append("  directory     version \(card.directoryVersion), SHA-256 \(card.directoryHash)")
        return lines.joined(separator: "\n")
    }
}
