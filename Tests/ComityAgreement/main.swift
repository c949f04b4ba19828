import ComityPolicy
import ComityPolicyTestSupport
import Dispatch
import Foundation

// What the tests try on some thousand random cases, on as many as wanted and in a release build:
//
//     ComityAgreement agreement CASES [SEED]
//     ComityAgreement monotone CASES [SEED]
//
// Prints one line of JSON. Exit status: 0 shown, 1 a case speaks against it (printed), 64 wrong use.

let lookupsEach = 500

func use() -> Never {
    FileHandle.standardError.write(Data("use: ComityAgreement agreement|monotone CASES [SEED]\n".utf8))
    exit(64)
}

func end(_ figures: [String: Any], against: String?) -> Never {
    let json = try? JSONSerialization.data(withJSONObject: figures, options: [.sortedKeys])
    print(String(decoding: json ?? Data(), as: UTF8.self))
    if let against { print(against) }
    exit(against == nil ? 0 : 1)
}

let arguments = CommandLine.arguments.dropFirst()
guard let what = arguments.first, let number = arguments.dropFirst().first.flatMap({ Int($0) }), number > 0
else { use() }
let seed = arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? 20_260_302
let begin = DispatchTime.now().uptimeNanoseconds
func seconds() -> Double { Double((DispatchTime.now().uptimeNanoseconds - begin) / 1_000_000) / 1000 }

switch what {
case "agreement":
    var run = Agreement(seed: seed)
    run.run(policies: (number + lookupsEach - 1) / lookupsEach, lookupsEach: lookupsEach)
    end(
        [
            "cases": run.cases, "open": run.gates[.open] ?? 0, "held": run.gates[.held] ?? 0,
            "refused": run.gates[.refused] ?? 0, "seed": seed, "seconds": seconds(),
            "differences": run.difference == nil ? 0 : 1,
        ], against: run.difference)
case "monotone":
    var run = Monotone(seed: seed)
    while run.lookups < number, run.wider == nil { run.run(policies: 10, lookupsEach: lookupsEach / 10) }
    end(
        [
            "lookups": run.lookups, "cases": run.cases, "changed": run.changed,
            "rulesDrawn": run.rules.drawn, "rulesLeftOut": run.rules.leftOut, "seed": seed,
            "seconds": seconds(), "wider": run.wider == nil ? 0 : 1,
        ], against: run.wider)
default: use()
}
