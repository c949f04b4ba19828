/// The tables of a record file: one for each kind of record, with the owner in a column.
enum RecordSchema {
    /// Kept in the file; another number is another layout.
    static let version: Int64 = 2

    /// The elements of a driver's record in the order of the answer; each is a column of `driver`.
    static let driverElements = [
        "OLN", "NAM", "DOB", "SEX", "HGT", "WGT", "EYE", "HAI", "ADR", "OLT", "OLC", "REST", "EXPIRES",
        "STATUS",
        "SOC", "DOC", "CAUTION",
    ]

    /// The elements of one entry of a list of drivers: enough to choose whom to ask about.
    static let listElements = ["OLN", "NAM", "DOB", "SEX", "HGT", "EYE", "ADR", "OLT", "STATUS"]

    /// The elements of a vehicle's record in the order of the answer; each is a column of `vehicle`.
    static let vehicleElements = [
        "LIC", "LIY", "LIT", "VIN", "VMA", "VMO", "VYR", "VCO", "VST", "ONAM", "OADR", "STOLEN",
    ]

    /// The photo, given only when asked for, and a line of history, given only with a history look-up.
    static let photoElement = "IMG"
    static let historyElement = "HIS"

    static let tables = """
        PRAGMA user_version = \(version);
        CREATE TABLE about (fact TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE kept (owner TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (owner, file)) WITHOUT ROWID;
        CREATE TABLE driver (
            id INTEGER PRIMARY KEY, owner TEXT NOT NULL, last_and_first TEXT NOT NULL,
            protected INTEGER NOT NULL, minor INTEGER NOT NULL, document_class TEXT NOT NULL,
            \(photoElement) TEXT NOT NULL, \(columns(driverElements)));
        CREATE TABLE history (
            driver INTEGER NOT NULL, line INTEGER NOT NULL, \(historyElement) TEXT NOT NULL,
            PRIMARY KEY (driver, line)) WITHOUT ROWID;
        CREATE TABLE vehicle (
            id INTEGER PRIMARY KEY, owner TEXT NOT NULL, protected INTEGER NOT NULL, minor INTEGER NOT NULL,
            last_and_first TEXT NOT NULL, owner_birth TEXT NOT NULL, owner_sex TEXT NOT NULL,
            \(columns(vehicleElements)));
        """

    /// Made after the rows, which is faster.
    static let indexes = """
        CREATE UNIQUE INDEX driver_by_number ON driver (owner, OLN);
        CREATE INDEX driver_by_name ON driver (owner, last_and_first, DOB, SEX);
        CREATE INDEX vehicle_by_plate ON vehicle (owner, LIC, LIY, LIT);
        CREATE INDEX vehicle_by_vin ON vehicle (owner, VIN);
        CREATE INDEX vehicle_by_name ON vehicle (owner, last_and_first, owner_birth, owner_sex);
        """

    private static func columns(_ names: [String]) -> String {
        names.map { "\($0) TEXT NOT NULL" }.joined(separator: ", ")
    }
}
