import ArgumentParser

/// `comity agency`
struct AgencyGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agency", abstract: "Who is who: agencies, families, affiliations.",
        subcommands: [
            AgencyFind.self, AgencyShow.self, AgencyFamily.self, AgencyImport.self,
            AgencyPending.self,
        ])
}
