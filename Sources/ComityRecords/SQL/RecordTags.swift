import ComityMessages

/// Which field group each element of a record belongs to, looked up once.
struct RecordTags: Sendable {
    /// One prefix and its group; `nil` if the table does not name the prefix, so that it is never released in part.
    struct Tag: Sendable {
        let prefix: String
        let group: FieldGroup?

        func element(_ value: String) -> TaggedElement { TaggedElement(prefix, value, group) }
    }

    let driver: [Tag]
    let list: [Tag]
    let vehicle: [Tag]
    let photo: Tag
    let history: Tag

    init(_ groups: [String: FieldGroup]) {
        func tag(_ prefix: String) -> Tag { Tag(prefix: prefix, group: groups[prefix]) }
        driver = RecordSchema.driverElements.map(tag)
        list = RecordSchema.listElements.map(tag)
        vehicle = RecordSchema.vehicleElements.map(tag)
        photo = tag(RecordSchema.photoElement)
        history = tag(RecordSchema.historyElement)
    }
}

/// The facts of a record that a sharing rule may test, by the names of the taxonomy.
enum RecordFacts {
    static let protectedPerson = "protected-person"
    static let minor = "minor"
    static let documentClass = "document-class"

    static func driver(protected: Bool, minor: Bool, documentClass: String) -> [String: String] {
        [protectedPerson: word(protected), Self.minor: word(minor), Self.documentClass: documentClass]
    }

    /// Of the registered owner; a vehicle has no document class, and the fact stays unknown.
    static func vehicle(protected: Bool, minor: Bool) -> [String: String] {
        [protectedPerson: word(protected), Self.minor: word(minor)]
    }

    private static func word(_ value: Bool) -> String { value ? "yes" : "no" }
}
