import Foundation

/// The fields of a JSON object, taken out one by one, so that those that nobody knows are left over.
struct Fields {
    private var object: [String: Any]

    init(_ object: [String: Any]) { self.object = object }

    /// The names that are left, in alphabetical order.
    var rest: [String] { object.keys.sorted() }

    mutating func take(_ name: String) -> Any? { object.removeValue(forKey: name) }

    /// A text; `nil` if it is left out or null.
    mutating func text(_ name: String) throws(ServiceError) -> String? {
        guard let value = take(name), !(value is NSNull) else { return nil }
        return try Self.text(value, name)
    }

    mutating func flag(_ name: String) throws(ServiceError) -> Bool {
        guard let value = take(name), !(value is NSNull) else { return false }
        guard let flag = value as? Bool else {
            throw ServiceError(
                "request-line", "`\(name)` is neither true nor false", next: "write true or false")
        }
        return flag
    }

    mutating func list(_ name: String) throws(ServiceError) -> [String] {
        guard let value = take(name), !(value is NSNull) else { return [] }
        guard let list = value as? [String] else {
            throw ServiceError("request-line", "`\(name)` is no list of texts", next: "write [\"WA-9\"]")
        }
        return list
    }

    static func text(_ value: Any, _ name: String) throws(ServiceError) -> String {
        guard let text = value as? String else {
            throw ServiceError("request-line", "`\(name)` is no text", next: "write it in quotes, or null")
        }
        return text
    }
}
