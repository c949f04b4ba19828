import ComityLedger
import Foundation

/// The language-neutral vectors of `Spec/ledger`, read as loose JSON.
enum Specification {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func url(_ file: String) -> URL { root.appending(path: "Spec/ledger/\(file)") }

    static func bytes(_ file: String) throws -> [UInt8] { Array(try Data(contentsOf: url(file))) }

    static func load(_ file: String) throws -> [String: Any] {
        let data = try Data(contentsOf: url(file))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    static func cases(_ name: String, in file: String) throws -> [[String: Any]] {
        try load(file)[name] as? [[String: Any]] ?? []
    }

    /// An exported ledger: its header and the bytes of its entries.
    static func export() throws -> (ledger: LedgerName, size: UInt64, root: LedgerHash, entries: [[UInt8]]) {
        let lines = try String(decoding: bytes("export.ndjson"), as: UTF8.self).split(separator: "\n")
        let objects = try lines.map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
        }
        return (
            LedgerName(objects[0].string("ledger"))!, objects[0].number("size"),
            LedgerHash(objects[0].string("root"))!, objects.dropFirst().map { $0.bytes("entry") }
        )
    }
}

extension [String: Any] {
    func string(_ key: String) -> String { self[key] as? String ?? "" }

    func number(_ key: String) -> UInt64 { (self[key] as? NSNumber)?.uint64Value ?? .max }

    func bytes(_ key: String) -> [UInt8] { hexBytes(string(key)) }

    func hash(_ key: String) -> LedgerHash { LedgerHash(string(key)) ?? .zero }

    func hashes(_ key: String) -> [LedgerHash] {
        (self[key] as? [String] ?? []).compactMap { LedgerHash($0) }
    }
}

/// Bytes of hexadecimal text, for tests.
func hexBytes(_ text: String) -> [UInt8] {
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count, by: 2).map {
        UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)!
    }
}

func hexText(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
