import GRDBSQLite

/// One prepared statement. Values are always bound, never written into the SQL text.
struct Statement: ~Copyable {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { sqlite3_finalize(handle) }

    /// Binds a text to a parameter; the first is 1. SQLite keeps a copy.
    borrowing func bind(_ text: String, at index: Int32) {
        // SQLITE_TRANSIENT is a C macro that Swift cannot import: the pointer -1.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        var text = text
        text.withUTF8 { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) { characters in
                // An empty text has no address, and SQLite would read that as NULL.
                characters.baseAddress.map {
                    sqlite3_bind_text(handle, index, $0, Int32(characters.count), transient)
                }
                    ?? sqlite3_bind_text(handle, index, "", 0, transient)
            }
        }
    }

    /// Binds a whole number to a parameter.
    borrowing func bind(_ number: Int64, at index: Int32) { sqlite3_bind_int64(handle, index, number) }

    /// Moves to the next row; `false` at the end, `nil` after a failure.
    borrowing func step() -> Bool? {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        default: nil
        }
    }

    /// Ends the use and forgets the bound values.
    borrowing func finish() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// The text in a column of the present row; the first is 0. Empty for NULL.
    borrowing func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The number in a column of the present row; 0 for NULL.
    borrowing func number(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
}
