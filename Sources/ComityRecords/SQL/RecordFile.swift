import ComityMessages

/// The files that an owner may keep or not.
package enum RecordFile: String, CaseIterable, Hashable, Sendable {
    case driver, history, vehicle
    /// Lists of drivers by name alone; not every owner gives them.
    case nameList = "name-list"
    /// Vehicles by their owner's name, and by a part of their plate.
    case ownerNames = "owner-names"
    case plateParts = "plate-parts"

    /// The file that a look-up needs; `nil` if nobody keeps one for it.
    init?(for query: RecordQuery) {
        switch query.search {
        case .licence, .person: self = query.kind == .driverHistory ? .history : .driver
        case .plate, .vin: self = .vehicle
        case .driverList: self = .nameList
        case .ownerList: self = .ownerNames
        case .partialPlate: self = .plateParts
        case .noFile: return nil
        }
    }
}
