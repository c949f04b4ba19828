import ComityStore
import GRDB

/// Reads back what the database says of its own durability, of what is written and of what is erased. A setting that was asked for is not yet a setting.
enum Durability {
    static func verify(_ db: Database, expecting synchronous: SQLiteStore.Synchronous) throws {
        let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? ""
        guard journal.lowercased() == "wal" else {
            throw StoreError.notDurable(setting: "journal_mode", wanted: "wal", found: journal)
        }
        let found = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
        guard found == synchronous.readBack else {
            throw StoreError.notDurable(
                setting: "synchronous", wanted: "\(synchronous.readBack)", found: "\(found)")
        }
        let overwrites = try Int.fetchOne(db, sql: "PRAGMA secure_delete") ?? -1
        guard overwrites == 1 else {
            throw StoreError.notDurable(setting: "secure_delete", wanted: "1", found: "\(overwrites)")
        }
    }
}
