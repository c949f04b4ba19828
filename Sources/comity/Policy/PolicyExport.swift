import ArgumentParser
import ComityMessages
import ComityNode
import ComityPolicy
import ComityService
import Foundation

/// `comity policy export`
struct PolicyExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a policy as canonical JSON, or for Cedar, an independent engine.",
        discussion: """
            The SHA-256 of the canonical JSON is the policy's identity. `--from json` turns it back into a policy \
            file. Without --out the result is printed; for Cedar --out names a directory.
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case json, cedar, text }
    enum Source: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: ArgumentHelp("The policy file, or `-`.", valueName: "file"))
    var file: String
    @Option(help: "What to write: json, cedar or text. Default: json, or text with --from json.")
    var to: Form?
    @Option(help: "What the file is: text or json.") var from = Source.text
    @Option(help: ArgumentHelp("Where to write.", valueName: "path")) var out: String?
    @Option(help: ArgumentHelp("For Cedar: the agencies as they are on this day.", valueName: "date"))
    var on: String?
    @Flag(help: "For Cedar: write every agency of the directory, not only those with a family or ties.")
    var allAgencies = false
    @OptionGroup var home: PolicyHome
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let text = try text()
            switch to ?? (from == .json ? .text : .json) {
            case .text:
                let (formatted, diagnostics) = PolicyFormat.format(text, file: file, sorted: true)
                guard let formatted else { throw PolicyTexts.error(file, diagnostics) }
                try put(Array(formatted.utf8))
            case .json:
                let (json, diagnostics) = CanonicalPolicy.json(of: text, file: file)
                guard let json else { throw PolicyTexts.error(file, diagnostics) }
                try put(json)
            case .cedar: try cedar(text)
            }
            return 0
        }
    }

    private func text() throws -> String {
        guard from == .json else { return try PolicyTexts.read(file) }
        do {
            return try CanonicalPolicy.text(ofJSON: try PolicyTexts.bytes(file))
        } catch let error as CanonicalFormError {
            throw ServiceError(
                "canonical-form", "the file `\(file)` is not the canonical form of a policy: \(error)",
                next: "write the policy as text, and export that")
        }
    }

    private func put(_ bytes: [UInt8]) throws {
        if let out {
            try PolicyTexts.write(bytes, to: out)
        } else {
            FileHandle.standardOutput.write(Data(bytes))
        }
    }

    private func cedar(_ text: String) throws {
        let data = try home.data()
        let (taxonomy, directory) = (try data.taxonomy(), try data.directory())
        let (policy, diagnostics) = PolicyLanguage.read(
            text, file: file, taxonomy: taxonomy, directory: directory)
        guard let policy else { throw PolicyTexts.error(file, diagnostics) }
        let day = on.map { Day($0) } ?? policy.effective
        guard let day else {
            throw ServiceError("date", "`\(on ?? "")` is not a date", next: "write it as 2026-01-15")
        }
        let export = CedarExport(policy, taxonomy: taxonomy)
        guard let out else {
            print(export.policies, terminator: "")
            return
        }
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: out), withIntermediateDirectories: true)
        let entities = CedarExport.entities(
            policy, taxonomy: taxonomy, directory: directory, on: day, allAgencies: allAgencies)
        for (name, text) in [
            ("policies.cedar", export.policies), ("schema.cedarschema", export.schema),
            ("entities.json", entities), ("reading.json", export.reading),
        ] {
            try PolicyTexts.write(Array(text.utf8), to: out + "/" + name)
        }
    }
}
