import ComityDirectory
package import ComityMessages
import ComityPolicy
import ComityService
import Foundation

/// The policies of a demo, and when in its year each came into force.
///
/// They are the example files, with the date in their heads moved into the demo's year. Washington begins with an
/// earlier version; three states begin with none.
package struct DemoPolicies: Sendable {
    /// Policies that came into force together.
    package struct Turn: Sendable {
        /// The place in the year.
        package let place: Double
        package let at: Timestamp
        /// The day that the policies say.
        package let dated: Day
        package let owners: [MemberCode]
        /// Every policy that is to be in force from then on.
        let texts: [String: String?]
    }

    package let turns: [Turn]
    private let folder: String

    /// Whose policy came when, in parts of the year's traffic, and how many days after its date.
    private static let calendar: [(owner: String, place: Double, daysLate: Int)] = [
        ("CO", 0.2, 0), ("CT", 0.33, 0), ("OR", 0.45, 0), (Stories.blocker, Stories.block, Stories.daysLate),
    ]

    /// - Parameter folder: the folder of example policies, with `states` and `earlier` in it.
    init(from folder: String, over year: YearShape) throws {
        self.folder = folder
        func read(_ folder: String) -> [String: String] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".policy") }.reduce(into: [:]) { texts, name in
                texts[name] = try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            }
        }
        var last = read(folder)
        guard !last.isEmpty else { throw DemoError.noPolicies(folder) }
        last.merge(read(folder + "/states")) { own, _ in own }
        let first = year.start.day
        let later = Set(Self.calendar.map { $0.owner + ".policy" })
        var texts = last.filter { !later.contains($0.key) }
        texts.merge(read(folder + "/earlier")) { _, earlier in earlier }
        texts = texts.mapValues { Self.dated($0, first) }
        var turns = [
            Turn(
                place: 0, at: year.start, dated: first, owners: texts.keys.compactMap(Self.owner).sorted(),
                texts: texts)
        ]
        for item in Self.calendar {
            let name = item.owner + ".policy"
            guard let text = last[name] else { continue }
            let at = year.time(at: item.place)
            let dated = Day(number: at.day.number - item.daysLate)
            texts[name] = Self.dated(text, dated)
            turns.append(
                Turn(
                    place: item.place, at: at, dated: dated, owners: [MemberCode(item.owner)!], texts: texts))
        }
        self.turns = turns
    }

    /// How many states have one at the end.
    package var owners: Int { Set(turns.flatMap(\.owners)).count }

    /// The day that is written in the policy with which a state stopped serving immigration enforcement.
    package var block: Turn { turns[turns.count - 1] }

    /// Writes the policies that are in force at the end.
    func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in block.texts {
            try Data((text ?? "").utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
    }

    /// The policies of a turn.
    func policies(of turn: Turn, taxonomy: Taxonomy, directory: Directory) throws -> PolicyFolder {
        try PolicyFolder(path: folder, texts: turn.texts, taxonomy: taxonomy, directory: directory)
    }

    private static func owner(_ name: String) -> MemberCode? { MemberCode(String(name.dropLast(7))) }

    /// The text with another first day in its head, and a remark that says so.
    private static func dated(_ text: String, _ day: Day) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let head = lines.firstIndex(where: { $0.hasPrefix("version ") }),
            let word = lines[head].firstRange(of: "effective ")
        else { return text }
        let date = lines[head].index(word.upperBound, offsetBy: 10)
        lines[head].replaceSubrange(word.upperBound..<date, with: day.description)
        return "# The demo moved its date into the year that it makes up.\n" + lines.joined(separator: "\n")
    }
}
