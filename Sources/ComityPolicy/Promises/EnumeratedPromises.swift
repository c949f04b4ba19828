public import ComityDirectory

/// Checks promises by trying: every combination where there are not too many, else a fixed sample.
public struct EnumeratedPromises: PromiseCheck {
    /// Up to this number of judgements everything is tried.
    public static let most = 400_000
    /// How many judgements are made of a sample, about.
    public static let sample = 200_000

    private let directory: Directory
    private let most: Int
    private let sample: Int

    /// - Parameters:
    ///   - directory: the agencies and families that there are.
    ///   - most: up to this number of judgements everything is tried.
    ///   - sample: how many judgements are made of a sample, about.
    public init(directory: Directory, most: Int = Self.most, sample: Int = Self.sample) {
        self.directory = directory
        self.most = max(1, most)
        self.sample = max(1, sample)
    }

    public func check(_ promise: Promise, of policy: CompiledPolicy) -> PromiseResult {
        let trial = PromiseTrial(promise, policy, directory: directory)
        let askers = max(1, trial.requesters.count)
        guard !trial.days.isEmpty else {
            return PromiseResult(promise: promise, outcome: .kept, proof: .complete(0))
        }
        let count = trial.combinations(upTo: most)
        if count * askers <= most {
            for number in 0..<count {
                if let witness = trial.broken(by: number) {
                    return PromiseResult(
                        promise: promise, outcome: .broken(witness), proof: .complete(count * askers))
                }
            }
            let proof: PromiseResult.Proof =
                trial.isComplete ? .complete(count * askers) : .sampled(count * askers)
            return PromiseResult(promise: promise, outcome: .kept, proof: proof)
        }
        let tries = max(1, sample / askers)
        // SplitMix64 with a fixed seed: the same policy always gets the same sample.
        var state: UInt64 = 0x636F_6D69_7479
        for _ in 0..<tries {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            word ^= word >> 31
            if let witness = trial.broken(by: Int(word >> 1)) {
                return PromiseResult(
                    promise: promise, outcome: .broken(witness), proof: .sampled(tries * askers))
            }
        }
        return PromiseResult(promise: promise, outcome: .kept, proof: .sampled(tries * askers))
    }
}

/// Checking the promises that stand in a policy file.
public enum PolicyPromises {
    /// Checks every promise of a policy, in the order of the file.
    ///
    /// - Parameter check: how; by trying, unless something better is at hand.
    public static func check(
        _ policy: CompiledPolicy, directory: Directory, by check: (any PromiseCheck)? = nil
    ) -> [PromiseResult] {
        let check = check ?? EnumeratedPromises(directory: directory)
        return policy.policy.promises.map { check.check($0, of: policy) }
    }
}
