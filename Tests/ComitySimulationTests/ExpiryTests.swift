import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComitySimulation
import ComityStore
import ComityStoreSQLite
import Foundation
import Logging
import Testing

/// A home with traffic of two years ago, taken over by a switch of today.
@Suite("Expiry", .serialized)
struct ExpiryTests {
    @Test(
        "what is older than its owner keeps it goes to the last byte, with the keys of its hours; entries and proofs stay"
    )
    func expired() throws {
        let folder = try Folder()
        var configuration = try Self.past(in: folder, seed: 11)
        // Texas keeps for longer than this is old.
        configuration.owners = configuration.owners?.map { owner in
            var owner = owner
            if owner.code.description == "TX" { owner.retentionDays = 3650 }
            return owner
        }
        let before = try rows(configuration.home)
        let texas = before.filter { $0.question?.ledger.owner == "TX" && $0.row.body != nil }
        let others = before.filter {
            $0.question != nil && $0.question?.ledger.owner != "TX" && $0.row.body != nil
        }
        let passedOn = before.filter { $0.entry.kind == .relay && $0.row.body != nil }
        #expect(texas.count > 10 && others.count > 500 && passedOn.contains { $0.relay?.key == "AM" })
        let all = others.count + passedOn.count
        let epochs = try epochs(configuration.home)

        let node = try Self.started(configuration)
        let reader = try HomeReader(node.home)
        let report = try reader.keep(.expire())
        #expect(report.erased.values.reduce(0, +) == all)
        #expect(report.erased["TX"] == nil && report.erased["NL"] == passedOn.count)
        #expect(report.isGone)
        #expect(try reader.keep(.expire()).erased == [:])

        let after = try rows(configuration.home)
        #expect(after.filter { $0.question != nil && $0.row.body != nil }.map(\.row) == texas.map(\.row))
        #expect(after.prefix(before.count).map(\.row.bytes) == before.map(\.row.bytes))
        // Few entries for many envelopes.
        let erasures = after.compactMap { if case .erase(let entry) = $0.entry { entry } else { nil } }
        #expect(erasures.count < all / 2)
        #expect(erasures.allSatisfy { $0.basis == .expiry && $0.order == nil })
        let told = erasures.filter { $0.ledger.kind == .control }.reduce(0) { $0 + $1.count }
        #expect(told == UInt64(all))

        // No eight bytes of any envelope are left in a file of the store, those of Texas are.
        let gone = Set((others + passedOn).flatMap { windows($0.row.body!) })
        let kept = Set(texas.flatMap { windows($0.row.body!) })
        var seen: Set<UInt64> = []
        for suffix in ["", "-wal"] {
            let data = try Data(contentsOf: URL(fileURLWithPath: node.home.store + suffix))
            seen.formUnion(found(gone.union(kept), in: data))
        }
        #expect(seen == kept)

        // Epoch keys: those are left that something lies under, of Texas, and no others.
        #expect(after.allSatisfy { $0.entry.kind != .relay || $0.row.body == nil })
        let needed = Set(try texas.flatMap { try Envelope.epochs(of: $0.row.body!) })
        let left = try self.epochs(configuration.home)
        #expect(!needed.isDisjoint(with: epochs) && !epochs.isSubset(of: needed))
        #expect(epochs.intersection(left) == needed.intersection(epochs))
        #expect(report.epochKeys == epochs.subtracting(needed).count)

        let secrets = try ["TX", "WA"].compactMap { code in
            try reader.secret(of: MemberCode(code)!).map {
                OwnerKeys(owner: MemberCode(code)!, secret: $0.secret)
            }
        }
        let verification = try LedgerVerification(reader.store(), keys: secrets)
        #expect(verification.isSound, "\(verification.reports.flatMap(\.findings).prefix(5))")
        #expect(verification.envelopesErased == all)
        #expect(verification.envelopesCompared == texas.count)
        node.stop()
    }

    @Test("one owner, and a day: nothing else goes; a day too late is refused")
    func chosen() throws {
        let folder = try Folder()
        let configuration = try Self.past(in: folder, seed: 12)
        let node = try Self.started(configuration)
        let reader = try HomeReader(node.home)
        let (owner, day) = (MemberCode("WA")!, Day("2024-11-10")!)
        let early = try rows(configuration.home).count {
            $0.question?.ledger.owner == "WA" && $0.row.body != nil
                && $0.entry.time < UInt64(day.start.milliseconds)
        }
        #expect(early > 0)
        #expect(try reader.keep(.expire(owner: owner, before: day)).erased == ["WA": early])
        let error = #expect(throws: ServiceError.self) {
            try reader.keep(.expire(owner: owner, before: Day("2990-01-01")!))
        }
        #expect(error?.code == "too-early")
        node.stop()
        // Without a switch, by the same code.
        let rest = try reader.keep(.expire(owner: owner))
        #expect((rest.erased["WA"] ?? 0) > 0 && rest.erased.count == 1)
        #expect(try LedgerVerification(reader.store()).isSound)
    }

    @Test(
        "texts of messages that were passed on have a time of their own, and go by themselves; an outside program finds it right"
    )
    func passedOn() throws {
        let folder = try Folder()
        var configuration = try Self.past(in: folder, seed: 13)
        configuration.operationsRetentionDays = 3650
        var node = try Self.started(configuration)
        var reader = try HomeReader(node.home)
        func texts() throws -> [Read] { try rows(configuration.home).filter { $0.relay != nil } }
        let before = try texts()
        #expect(before.count > 1 && before.allSatisfy { $0.row.body != nil })
        let report = try reader.keep(.expire())
        #expect(report.erased["WA"] != nil && report.erased["NL"] == nil)
        #expect(try texts() == before)
        let early = #expect(throws: ServiceError.self) {
            try reader.keep(.expire(owner: .network, before: Day("2024-11-20")!))
        }
        #expect(early?.code == "too-early" && early?.description.contains("3650 days") == true)
        node.stop()

        // Less from the next start on: they go, alone, with their keys, and both ledgers say so in one commit.
        configuration.operationsRetentionDays = 365
        node = try Self.started(configuration)
        reader = try HomeReader(node.home)
        let last = try #require(try rows(configuration.home).last).row.id
        let keys = try epochs(configuration.home)
        let gone = try reader.keep(.expire(owner: .network))
        #expect(gone.erased == ["NL": before.count] && gone.isGone && gone.epochKeys > 0)
        #expect(try epochs(configuration.home).count == keys.count - gone.epochKeys)
        #expect(try texts().map(\.entry) == before.map(\.entry))
        #expect(try texts().allSatisfy { $0.row.body == nil })
        let told = try rows(configuration.home).filter { $0.row.id > last && $0.entry.kind == .erase }.map(
            \.entry.ledger.kind)
        #expect(told.count >= 2 && told.count.isMultiple(of: 2))
        #expect(
            told.enumerated().allSatisfy {
                $0.element == ($0.offset.isMultiple(of: 2) ? .operations : .control)
            })
        node.stop()
        let verification = try LedgerVerification(reader.store())
        #expect(verification.isSound, "\(verification.reports.flatMap(\.findings).prefix(5))")
        let (status, text) = try outside(folder, reader)
        #expect(status == 0, "\(text)")
    }

    /// A home with traffic that ends two years ago.
    private static func past(in folder: Folder, seed: UInt64) throws -> NodeConfiguration {
        var configuration = try DemoWorld(folder.plan(seed: seed, end: "2024-11-20T12:00:00Z")).configuration
        configuration.listen.port = 0
        return configuration
    }

    /// A switch that has ended what was still open then.
    private static func started(_ configuration: NodeConfiguration) throws -> SwitchNode {
        let node = try SwitchNode(configuration, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for _ in 0..<200 where ControlClient.status(node.home)?.openLookups != 0 { usleep(50_000) }
        return node
    }

    /// What a program that shares no code with ours says of the operations ledger and the control ledger.
    private func outside(_ folder: Folder, _ reader: HomeReader) throws -> (status: Int32, text: String) {
        let store = try reader.store()
        defer { try? store.close() }
        let files = try [LedgerExtract.Choice.operations, .control].enumerated().map { number, choice in
            let (head, name) = try choice.of(store.heads())
            var lines = ""
            try LedgerExtract.write(head, name: name, from: store) { lines += $0 + "\n" }
            let file = folder.path + "/\(number).export"
            try lines.write(toFile: file, atomically: true, encoding: .utf8)
            return file
        }
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        process.arguments = ["python3", root + "/Examples/verifier/verify.py", "export"] + files
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    private struct Read: Equatable {
        let row: EntryRow
        let entry: LedgerEntry

        var question: QuestionEntry? { if case .question(let question) = entry { question } else { nil } }
        var relay: RelayEntry? { if case .relay(let relay) = entry { relay } else { nil } }
    }

    private func rows(_ home: String) throws -> [Read] {
        let reader = try StoreReader(path: Home(home).store)
        defer { try? reader.close() }
        return try reader.entries(after: 0, limit: .max).map { row in
            var row = row
            row.duplicateKey = nil
            return Read(row: row, entry: try LedgerEntry(decoding: row.bytes))
        }
    }

    private func epochs(_ home: String) throws -> Set<UInt64> {
        let reader = try StoreReader(path: Home(home).store)
        defer { try? reader.close() }
        return Set(try reader.closedEpochs(in: 0...1 << 40).map(\.id))
    }

    /// Bytes of a wrapped key, and in the middle of the ciphertext: what is written over an envelope covers one of
    /// them by chance.
    private func windows(_ body: [UInt8]) -> [UInt64] {
        [12, body.count / 2].map { start in body[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    }

    private func found(_ wanted: Set<UInt64>, in data: Data) -> Set<UInt64> {
        var window: UInt64 = 0
        var found: Set<UInt64> = []
        data.withUnsafeBytes { bytes in
            for (index, byte) in bytes.enumerated() {
                window = window << 8 | UInt64(byte)
                if index >= 7, wanted.contains(window) { found.insert(window) }
            }
        }
        return found
    }
}
