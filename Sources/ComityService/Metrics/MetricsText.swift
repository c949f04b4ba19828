/// Writes metrics in the text format of Prometheus (exposition format 0.0.4).
package struct MetricsText: Sendable {
    package private(set) var text = ""

    package enum Kind: String, Sendable { case counter, gauge, histogram }

    package init() {}

    /// Begins a metric. Its values follow.
    package mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    package mutating func value(_ name: String, _ value: Double, _ labels: [(String, String)] = []) {
        text += name + Self.braces(labels) + " " + Self.number(value) + "\n"
    }

    package mutating func value(_ name: String, _ value: Int, _ labels: [(String, String)] = []) {
        text += name + Self.braces(labels) + " \(value)\n"
    }

    package mutating func histogram(_ name: String, _ values: Histogram, _ labels: [(String, String)] = []) {
        var sum = 0
        for (bound, count) in zip(values.bounds, values.counts) {
            sum += count
            value(name + "_bucket", sum, labels + [("le", Self.number(bound))])
        }
        sum += values.counts.last ?? 0
        value(name + "_bucket", sum, labels + [("le", "+Inf")])
        value(name + "_sum", values.sum, labels)
        value(name + "_count", sum, labels)
    }

    private static func braces(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for character in value {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
        return result
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
    }
}
