import Foundation

/// What envelopes and seals cost the exchange: the product's switch and one without them in turn, on new homes, because the
/// speed of a machine drifts.
package struct LedgerCost: Sendable {
    package var rounds = 3
    /// What is run each time; its home is the folder of all homes.
    package var exchange: ExchangeBenchmark

    package init(_ exchange: ExchangeBenchmark) { self.exchange = exchange }

    /// The figures of all rounds.
    package struct Report: Sendable, Codable {
        package var product: [ExchangeBenchmark.Report]
        package var bare: [ExchangeBenchmark.Report]
        /// Medians.
        package var lookupsPerSecond: Double
        package var bareLookupsPerSecond: Double
        package var cpuMicrosecondsPerLookup: Double
        package var bareCpuMicrosecondsPerLookup: Double
        /// The median of the rounds' own ratios, product by bare: 0.9 means that a tenth is the price.
        package var ratio: Double
        package var wrongAnswers: Int
    }

    package func run(progress: (String) -> Void = { _ in }) throws -> Report {
        var (product, bare): ([ExchangeBenchmark.Report], [ExchangeBenchmark.Report]) = ([], [])
        for round in 0..<max(1, rounds) {
            // Which is first changes, so that neither always meets a disk that the other has filled.
            for isBare in round % 2 == 0 ? [false, true] : [true, false] {
                var exchange = exchange
                exchange.home += "/\(round)-\(isBare ? "bare" : "product")"
                exchange.isBare = isBare
                let report = try exchange.run()
                progress(
                    "\(isBare ? "without envelopes and seals" : "as it is"): "
                        + "\(Int(report.lookupsPerSecond)) look-ups a second")
                if isBare { bare.append(report) } else { product.append(report) }
            }
        }
        return Report(
            product: product, bare: bare, lookupsPerSecond: median(product.map(\.lookupsPerSecond)),
            bareLookupsPerSecond: median(bare.map(\.lookupsPerSecond)),
            cpuMicrosecondsPerLookup: median(product.map(\.cpuMicrosecondsPerLookup)),
            bareCpuMicrosecondsPerLookup: median(bare.map(\.cpuMicrosecondsPerLookup)),
            ratio: median(zip(product, bare).map { $0.lookupsPerSecond / max(1, $1.lookupsPerSecond) }),
            wrongAnswers: (product + bare).reduce(0) { $0 + $1.wrongAnswers })
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
