import ArgumentParser
import ComityNode
import ComityPolicy
import ComityService
import Foundation

/// The policy files that a verb reviews.
struct PolicyFiles: ParsableArguments {
    @Argument(help: ArgumentHelp("Policy files, or folders of them.", valueName: "file"))
    var files: [String]

    @OptionGroup var home: PolicyHome

    /// Reviews every file and prints what was found; the status is 2 if anything keeps one from being good.
    func review(_ output: OutputOptions, runsTests: Bool) throws -> Int32 {
        let data = try home.data()
        let (taxonomy, directory) = (try data.taxonomy(), try data.directory())
        let reviews = try PolicyPlaces.files(in: files).map { file in
            guard let contents = FileManager.default.contents(atPath: file),
                let text = String(data: contents, encoding: .utf8)
            else {
                throw ServiceError(
                    "file-unreadable", "the file `\(file)` cannot be read as UTF-8 text",
                    next: "check its name")
            }
            return PolicyReview(
                text, file: file, taxonomy: taxonomy, directory: directory, runsTests: runsTests)
        }
        if output.json {
            output.printJSON(reviews)
        } else {
            for review in reviews { show(review, output) }
        }
        return reviews.allSatisfy(\.isGood) ? 0 : 2
    }

    private func show(_ review: PolicyReview, _ output: OutputOptions) {
        for finding in review.findings {
            print(finding.diagnostic.description)
            for line in finding.excerpt { print("    " + line) }
        }
        for test in review.tests ?? [] {
            print(
                "\(test.passed ? "ok  " : output.strong("FAIL")) \(review.file):\(test.line): \(test.title)")
            for failure in test.failures { print("       \(failure)") }
        }
        for promise in review.promises ?? [] {
            let place = "\(review.file):\(promise.line): \(promise.title)"
            if let witness = promise.witness {
                print("\(output.strong("BROKEN")) \(place)\n       \(witness)")
            } else {
                print("kept \(place)\n       \(promise.proof)")
            }
        }
        guard let owner = review.owner, let version = review.version, let rules = review.rules else {
            return print(output.strong("FAIL") + "   \(review.file): it cannot be used")
        }
        let tests = review.tests.map { tests in
            ", \(tests.count { $0.passed }) of \(tests.count) tests passed"
        }
        let promises = review.promises.flatMap { promises in
            promises.isEmpty
                ? nil : ", \(promises.count { $0.kept }) of \(promises.count) promises kept"
        }
        print(
            output.strong(review.isGood ? "OK" : "FAIL")
                + "   \(review.file): \(owner) version \(version), \(rules == 1 ? "1 rule" : "\(rules) rules")\(promises ?? "")\(tests ?? "")"
        )
    }
}
