import ComityMessages
import ComityNode
import ComityTestSupport
import Crypto
import Foundation
import Testing

/// Whoever takes the disk without the keys, or reads the log, learns no name, plate, licence or case number.
///
/// A real switch carries thousands of made-up values that are found nowhere else, is killed in the middle, and then every
/// byte that it left is searched for them, and for their hashes: a hash of a licence number is as good as the number.
@Suite("The disk tells nothing", .serialized)
struct DiskTellsNothingTests {
    /// Eight letters and digits each, so that one pass with a window of eight bytes finds any of them.
    private struct Seeds {
        private(set) var values: [String] = []
        private var random: Seeded

        init(_ seed: UInt64) { random = Seeded(seed) }

        mutating func next() -> String {
            let letters = Array("BCDFGHJKLMNPQRSTVWXZ23456789")
            values.append("Q" + String((0..<7).map { _ in letters.randomElement(using: &random)! }))
            return values.last!
        }
    }

    @Test("ten thousand names, plates, licence and case numbers leave no trace outside the key files")
    func nothing() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var seeds = Seeds(seed)
        let links = ["taking", "waiting"].map { NodeConfiguration.Link(name: $0, everybody: true) }
        let real = try RealSwitch(links: links, people: 5)
        let port = try real.start()
        let (taking, waiting) = try (
            TestLink("taking", home: real.home), TestLink("waiting", home: real.home)
        )
        try taking.connect(port: port)
        // This one acknowledges nothing: its answers are on the disk when the switch is killed.
        try waiting.connect(port: port, acknowledges: false)
        var sent = ""
        for number in 0..<2500 {
            let link = number % 25 == 0 ? waiting : taking
            let text = message(number, &seeds)
            sent += text
            link.send(text, control: "")
            // What the switch takes at once is limited.
            if number % 50 == 49 { try taking.wait(30) { $0.unacknowledged.count < 30 } }
        }
        try taking.wait(60) { $0.messages.count == 2400 }
        try waiting.wait(60) { $0.messages.count >= 30 }
        // Everything that the control socket tells: the switch, its links, what waits for desks.
        let encoder = JSONEncoder()
        let held = try ControlClient.desk(real.home, .list(owner: nil))
        let told = try [
            encoder.encode(ControlClient.status(real.home)), encoder.encode(ControlClient.links(real.home)),
            encoder.encode(held),
        ]
        real.kill()

        #expect(seeds.values.count == 10_000)
        let search = Search(seeds.values)
        #expect(search.count(in: Data(sent.utf8)) == 10_000, "the search does not find what is there")
        #expect(search.count(in: Data(SHA256.hash(data: Data(seeds.values[5].utf8)))) == 1)
        var bytes = 0
        for file in try files(of: real.home.path) {
            let data = try Data(contentsOf: URL(fileURLWithPath: file))
            bytes += data.count
            #expect(search.count(in: data) == 0, "\(file) holds seeded values")
        }
        for answer in told { #expect(answer.count > 2 && search.count(in: answer) == 0) }
        // Two entries, a body and more for each look-up: less would mean that the wrong place was searched.
        #expect(bytes > 2500 * 1000, "only \(bytes) bytes were searched")
        // The log is one of the files.
        #expect(FileManager.default.fileExists(atPath: real.home.path + "/stderr.log"))
    }

    /// Four seeded values in each: by name, or by plate.
    private func message(_ number: Int, _ seeds: inout Seeds) -> String {
        let digits = String(number + 1)
        let control = "A" + String(repeating: "0", count: 9 - digits.count) + digits
        let asker = number % 3 == 0 ? "DXICE0100" : "CO0010100"
        let (one, two) = (seeds.next(), seeds.next())
        let (officer, file) = (seeds.next(), seeds.next())
        return number % 2 == 0
            ? "DQ.\(asker).WA.*\(control).TXT\r\nRSN/T.CASE/\(file).ATN/\(officer).NAM/\(one),\(two).DOB/19700101.SEX/M"
            : "DQ.\(asker).TX.*\(control).TXT\r\nRSN/T.CASE/\(file).ATN/\(officer) \(two).OLN/\(one)"
    }

    /// Every file of a home, except the records: they are the owners' register, which the switch only reads.
    private func files(of home: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: home).map { home + "/" + $0 }.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
                && !path.hasSuffix("records.sqlite") && !path.hasSuffix(".sock")
        }
    }
}

/// Looks for many values of eight bytes, and for the beginnings of their hashes, in one pass.
private struct Search {
    private let wanted: Set<UInt64>

    init(_ values: [String]) {
        var wanted: Set<UInt64> = []
        for value in values {
            let bytes = Data(value.utf8)
            wanted.insert(Self.window(bytes))
            // The dictionary attack: whatever an unsalted hash of the value could be.
            for domain in ["", "comity/question/v1\n", "comity/search/v1\n"] {
                wanted.insert(Self.window(Data(SHA256.hash(data: Data(domain.utf8) + bytes))))
            }
        }
        self.wanted = wanted
    }

    /// How many windows are one of the values.
    func count(in data: Data) -> Int {
        var window: UInt64 = 0
        var found = 0
        data.withUnsafeBytes { bytes in
            for (index, byte) in bytes.enumerated() {
                window = window << 8 | UInt64(byte)
                if index >= 7, wanted.contains(window) { found += 1 }
            }
        }
        return found
    }

    private static func window(_ bytes: Data) -> UInt64 {
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
