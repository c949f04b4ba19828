import ComityStore
import GRDB
import GRDBSQLite

/// One prepared statement, used again and again on the thread that owns the database.
struct PreparedStatement {
    private let statement: Statement
    private let pointer: OpaquePointer
    private let connection: OpaquePointer

    init(_ db: Database, _ sql: String) throws {
        statement = try db.makeStatement(sql: sql)
        pointer = statement.sqliteStatement
        guard let connection = db.sqliteConnection else { throw StoreError.failed("the database is closed") }
        self.connection = connection
    }

    /// Runs it once and returns the number of rows changed.
    @discardableResult
    func run(_ bind: (PreparedStatement) -> Void = { _ in }) throws -> Int {
        bind(self)
        defer { sqlite3_reset(pointer) }
        guard sqlite3_step(pointer) == SQLITE_DONE else { throw failure() }
        return Int(sqlite3_changes(connection))
    }

    /// Runs it and returns the first column of the first row.
    func integer(_ bind: (PreparedStatement) -> Void) throws -> Int64? {
        bind(self)
        defer { sqlite3_reset(pointer) }
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return sqlite3_column_int64(pointer, 0)
        case SQLITE_DONE: return nil
        default: throw failure()
        }
    }

    func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(pointer, index, value) }

    func bind(_ index: Int32, _ value: Int64?) {
        if let value { bind(index, value) } else { sqlite3_bind_null(pointer, index) }
    }

    func bind(_ index: Int32, _ value: String?) {
        guard var value else {
            sqlite3_bind_null(pointer, index)
            return
        }
        value.withUTF8 { bytes in
            // An empty text needs an address too, or it would be stored as NULL.
            let start = UnsafeRawPointer(bytes.baseAddress ?? Self.nothing)
            _ = sqlite3_bind_text(
                pointer, index, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count), Self.copies)
        }
    }

    nonisolated(unsafe) private static let nothing = UnsafePointer(
        UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

    func bind(_ index: Int32, _ value: [UInt8]?) {
        guard let value else {
            sqlite3_bind_null(pointer, index)
            return
        }
        value.withUnsafeBytes { bytes in
            // An empty blob needs an address too, or it would be stored as NULL.
            if bytes.isEmpty {
                _ = sqlite3_bind_zeroblob(pointer, index, 0)
            } else {
                _ = sqlite3_bind_blob(pointer, index, bytes.baseAddress, Int32(bytes.count), Self.copies)
            }
        }
    }

    /// SQLITE_TRANSIENT: the engine copies the value before the call returns.
    private static var copies: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private func failure() -> StoreError { .failed(String(cString: sqlite3_errmsg(connection))) }
}
