import ArgumentParser

/// `comity ledger`
struct LedgerGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "The record of every look-up: check it, count it, take it along.",
        subcommands: [
            LedgerVerify.self, LedgerProve.self, LedgerCheck.self, LedgerCount.self, LedgerRejudge.self,
            LedgerExportVerb.self, LedgerLookupsOf.self, LedgerErase.self, LedgerExpire.self,
        ])
}
