import ComityMessages
import ComityNode
import Foundation

/// A finished demo in numbers: the one JSON object of `comity demo --once --json`.
package struct DemoReport: Hashable, Sendable, Encodable {
    package let seed: UInt64
    /// One past look-up stands for so many of the nation's; of a federal family, for so many.
    package let scale: Int
    package let federalScale: Int
    /// Look-ups in the ledgers, past and live.
    package let lookups: Int
    /// Look-ups by outcome; every outcome is there, also those that never happened.
    package let outcomes: [String: Int]
    /// Messages sent over real links.
    package let liveMessages: Int
    package let owners: Int
    /// Agencies of the directory.
    package let agencies: Int
    /// Those of them that are made up.
    package let inventedAgencies: Int
    /// Agencies that asked at least once.
    package let askingAgencies: Int
    /// Days of past traffic.
    package let days: Int
    package let address: String
    package let home: String
    /// From the start of the program's work to the end of it.
    package let seconds: Double

    package init(
        _ world: DemoWorld, _ counts: DemoCounts, liveMessages: Int, address: String, seconds: Double
    ) {
        seed = world.plan.seed
        scale = world.plan.scale.all
        federalScale = world.plan.scale.federal
        lookups = counts.lookups
        outcomes = Dictionary(uniqueKeysWithValues: counts.outcomes.map { ($0.key.rawValue, $0.value) })
        self.liveMessages = liveMessages
        owners = world.country.owners.count
        agencies = world.country.agencies.real + world.country.agencies.invented
        inventedAgencies = world.country.agencies.invented
        askingAgencies = counts.asking
        days = YearShape.days
        self.address = address
        home = world.configuration.home
        self.seconds = (seconds * 1000).rounded() / 1000
    }

    /// One line of JSON.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
