/// What a look-up asks for, independent of the message key that carried it.
///
/// The raw value is the word of the policy language, of screens and of JSON. Positions in `allCases` stand in
/// ledger entries and must never change.
public enum RequestKind: String, CaseIterable, Hashable, Sendable, Codable {
    case driverByNumber = "driver-by-number"
    case driverByName = "driver-by-name"
    case driverNameOnly = "driver-name-only"
    case driverHistory = "driver-history"
    case driverPhoto = "driver-photo"
    case vehicleByPlate = "vehicle-by-plate"
    case vehicleByVIN = "vehicle-by-vin"
    case vehicleByOwner = "vehicle-by-owner"
    case partialPlate = "partial-plate"
    case archiveSearch = "archive-search"
}

/// How wide a look-up reaches.
public enum Breadth: String, CaseIterable, Hashable, Sendable, Codable {
    case oneRecord = "one-record"
    case nameSearch = "name-search"
    case wildCard = "wild-card"
    case allStates = "all-states"
}
