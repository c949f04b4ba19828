import ComityStore
import GRDB

/// The tables of the store. Steps are only ever added.
enum Schema {
    static let version = 6

    static func migrate(_ db: Database) throws {
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if found == version { return }
        guard found == 0 else { throw StoreError.wrongVersion(found: found, expected: version) }
        try db.inTransaction {
            for step in steps { try db.execute(sql: step) }
            try db.execute(sql: "PRAGMA user_version=\(version)")
            return .commit
        }
    }

    private static let steps = [
        // Append only. `id` is the commit order over all ledgers.
        """
        CREATE TABLE entry (
            id INTEGER PRIMARY KEY, ledger INTEGER NOT NULL, position INTEGER NOT NULL,
            bytes BLOB NOT NULL, body BLOB, duplicate BLOB)
        """,
        "CREATE INDEX control_entry ON entry (position) WHERE ledger = \(controlLedger)",
        // One row a ledger.
        """
        CREATE TABLE head (
            ledger INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, root BLOB NOT NULL)
        """,
        // One row a ledger, rewritten every few thousand entries.
        "CREATE TABLE frontier (ledger INTEGER PRIMARY KEY, through INTEGER NOT NULL, bytes BLOB NOT NULL)",
        // The sealed mail of one commit, until every link has acknowledged its part.
        "CREATE TABLE mail (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
        // A few for each hour. `own` is the switch's copy, until no look-up under way needs it.
        """
        CREATE TABLE epoch (
            id INTEGER PRIMARY KEY, holder TEXT NOT NULL, hour INTEGER NOT NULL, wraps BLOB NOT NULL, own BLOB)
        """,
        """
        CREATE TABLE session (
            id INTEGER PRIMARY KEY, link TEXT NOT NULL, name TEXT NOT NULL,
            received INTEGER NOT NULL, sent INTEGER NOT NULL, delivered INTEGER NOT NULL)
        """,
        // `approvals` has a line for each: the field groups as a number, the person's mark as hexadecimal digits, the desk.
        """
        CREATE TABLE held (
            question INTEGER PRIMARY KEY, until INTEGER NOT NULL, approvals TEXT NOT NULL, decided INTEGER NOT NULL)
        """,
        // What waits and has no number yet. `question` is the entry of a look-up, `sealed` the message of anything else.
        """
        CREATE TABLE queue (
            id INTEGER PRIMARY KEY, question INTEGER, sealed BLOB, link TEXT, destination TEXT NOT NULL,
            key TEXT NOT NULL, priority INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,
            reason TEXT NOT NULL, attempts INTEGER NOT NULL)
        """,
        // One row: from where recovery reads, and the highest numbers ever given to sessions and in the queue (their rows go away).
        """
        CREATE TABLE state (
            one INTEGER PRIMARY KEY CHECK (one = 1), oldest_open INTEGER NOT NULL,
            last_session INTEGER NOT NULL, last_queued INTEGER NOT NULL)
        """,
        "INSERT INTO state VALUES (1, 1, 0, 0)",
    ]
}
