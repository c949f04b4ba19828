import ComityStore
import ComityStoreSQLite
import ComityTestSupport
import Foundation
import Testing

@Suite("Erasing on SQLite") struct OverwritingTests {
    @Test("no eight bytes of what is erased are left in the file or its log, whatever its size and order")
    func overwritten() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = Seeded(seed)
        let folder = FileManager.default.temporaryDirectory.path + "/comity-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try SQLiteStore(path: folder + "/store.sqlite")
        // Bodies that fit on a page with others, fill one, and need several; each one word over and over.
        var marks: [Int64: UInt64] = [:]
        var batch = Batch()
        for id in Int64(1)...600 {
            let mark = UInt64.random(in: 0...UInt64.max, using: &random)
            let count = [40, 90, 400, 1300].randomElement(using: &random)!
            marks[id] = mark
            batch.entries.append(
                EntryRow(
                    id: id, ledger: 2, position: UInt64(id),
                    bytes: [UInt8](repeating: 1, count: Int.random(in: 100...300, using: &random)),
                    body: (0..<count).flatMap { _ in withUnsafeBytes(of: mark.bigEndian) { Array($0) } },
                    duplicateKey: [UInt8](repeating: 2, count: 32)))
            if id % 50 == 0 {
                try store.commit(batch)
                batch = Batch()
            }
        }
        let order = marks.keys.sorted().shuffled(using: &random)
        let gone = order.prefix(400)
        for start in stride(from: 0, to: 400, by: 40) {
            var erasing = Batch()
            erasing.erasedBodies = Array(gone[start..<start + 40])
            try store.commit(erasing)
        }
        let reader = try StoreReader(path: folder + "/store.sqlite")
        let kept = Set(order.dropFirst(400))
        #expect(
            try reader.entries(after: 0, limit: .max).allSatisfy { ($0.body != nil) == kept.contains($0.id) })
        try reader.close()
        #expect(try found(Set(marks.values), in: folder) == Set(marks.values), "the log still holds them")
        #expect(try store.emptyLog())
        let left = try found(Set(marks.values), in: folder)
        #expect(left == Set(kept.map { marks[$0]! }), "seed \(seed)")
        try store.close()
    }

    private func found(_ wanted: Set<UInt64>, in folder: String) throws -> Set<UInt64> {
        var found: Set<UInt64> = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            var window: UInt64 = 0
            for (index, byte) in try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)).enumerated()
            {
                window = window << 8 | UInt64(byte)
                if index >= 7, wanted.contains(window) { found.insert(window) }
            }
        }
        return found
    }
}
