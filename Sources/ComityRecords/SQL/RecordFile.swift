import ComityMessages

/// The files that an owner may keep or not.
package enum RecordFile: String, CaseIterable, Hashable, Sendable {
    case driver, history, vehicle

    /// The file that a look-up needs; `nil` if nobody keeps one for it.
    init?(for query: RecordQuery) {
        switch query.search {
        case .licence, .person: self = query.kind == .driverHistory ? .history : .driver
        case .plate, .vin: self = .vehicle
        case .noFile: return nil
        }
    }
}
