import ComityMessages
import ComityRecords

import struct Foundation.Data
import class Foundation.FileManager
import struct Foundation.URL
import struct Foundation.UUID

/// A record file in a folder of its own, removed with the value.
final class RecordFixture: Sendable {
    let folder: URL
    let file: String
    let population: SyntheticPopulation

    init(_ population: SyntheticPopulation = .small(seed: 1)) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "comity-records-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appending(path: "records.sqlite").path(percentEncoded: false)
        self.population = population
        try population.write(to: file)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func source() throws -> SQLRecordSource { try SQLRecordSource(file: file, groups: fieldGroups) }

    func bytes() throws -> Data { try Data(contentsOf: URL(filePath: file)) }

    /// The files in the folder.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
}

extension SyntheticPopulation {
    static func small(seed: UInt64, people: Int = 60) -> SyntheticPopulation {
        SyntheticPopulation(
            seed: seed, owners: [.wa, .or, .ne], peoplePerOwner: people, withoutHistory: [.or],
            withoutNameLists: [.ne])
    }

    /// Fifty states and the District of Columbia.
    static func nation(seed: UInt64, people: Int) -> SyntheticPopulation {
        let codes = """
            AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY \
            OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY
            """
        return SyntheticPopulation(
            seed: seed, owners: codes.split(separator: " ").map { MemberCode(String($0))! },
            peoplePerOwner: people)
    }
}

extension MemberCode {
    static let wa = MemberCode("WA")!, or = MemberCode("OR")!, ne = MemberCode("NE")!, tx = MemberCode("TX")!
}

/// The prefixes of records and their field groups, as the taxonomy has them.
let fieldGroups: [String: FieldGroup] = [
    "OLN": .licence, "NAM": .identity, "DOB": .identity, "SEX": .description, "HGT": .description,
    "WGT": .description, "EYE": .description, "HAI": .description, "ADR": .address, "OLT": .licence,
    "OLC": .licence, "REST": .licence, "EXPIRES": .licence, "STATUS": .status, "IMG": .photo, "SOC": .ssn,
    "DOC": .document, "HIS": .history, "LIC": .vehicle, "LIY": .vehicle, "LIT": .vehicle, "VIN": .vehicle,
    "VMA": .vehicle, "VMO": .vehicle, "VYR": .vehicle, "VCO": .vehicle, "VST": .vehicle,
    "ONAM": .registeredOwner, "OADR": .registeredOwner, "CAUTION": .safety, "STOLEN": .safety,
]

/// A message with elements, for example `message(.dq, "OLN", "WDL00000012X")`.
func message(_ key: MessageKey, _ elements: String...) -> Message {
    Message(
        key: key, origin: ORI("DXCBP0100")!, destinations: [.member(.wa)],
        elements: stride(from: 0, to: elements.count, by: 2).map {
            Element(prefix: elements[$0], value: elements[$0 + 1])
        })
}

extension RecordAnswer {
    /// The records found; empty for every other answer.
    var found: [VehicleRecord] {
        switch self {
        case .records(let records), .firstRecords(let records): records
        case .entries, .fileNotAvailable, .temporarilyUnavailable: []
        }
    }
}

extension VehicleRecord {
    /// The values of an element, in order.
    func values(_ prefix: String) -> [String] {
        elements.filter { $0.element.prefix == prefix }.map(\.element.value)
    }
}

extension SQLRecordSource {
    /// Asks by licence number.
    func licence(
        _ number: String, of owner: MemberCode = .wa, kind: RequestKind = .driverByNumber, photo: Bool = false
    ) -> RecordAnswer {
        answer(RecordQuery(owner: owner, kind: kind, search: .licence(number: number), photoAsked: photo))
    }

    /// Asks with the elements of a message.
    func ask(_ message: Message, _ kind: RequestKind, of owner: MemberCode = .wa) throws -> RecordAnswer {
        answer(try RecordQuery(message, kind: kind, owner: owner, photoAsked: false))
    }
}
