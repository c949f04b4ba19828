import GRDBSQLite

/// One connection to an SQLite file, held by one owner and closed with it.
struct Connection: ~Copyable {
    /// The path of the file, for errors.
    let file: String
    private let handle: OpaquePointer

    /// How a connection may use its file.
    enum Use { case read, create }

    init(file: String, for use: Use) throws(RecordFileError) {
        let flags =
            switch use {
            case .read: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
            case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
            }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(file, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw RecordFileError(
                file: file, why: String(cString: sqlite3_errstr(code)),
                next: "check that it is there and may be read")
        }
        self.file = file
        handle = opened
    }

    deinit { sqlite3_close_v2(handle) }

    /// Runs statements that return nothing.
    borrowing func run(_ sql: String) throws(RecordFileError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    /// Prepares a statement that will be used many times.
    borrowing func prepare(_ sql: String) throws(RecordFileError) -> Statement {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw failure() }
        return Statement(prepared)
    }

    /// What SQLite says of the last failure. Its texts name tables and columns, not values.
    borrowing func failure() -> RecordFileError {
        RecordFileError(
            file: file, why: String(cString: sqlite3_errstr(sqlite3_errcode(handle))),
            next: "make the file anew or check the disk")
    }
}
