extension Merkle {
    /// Whether a proof ties a leaf to a root (section 2.1.3.2). Never traps, whatever the proof.
    public static func verifyInclusion(
        leafHash: LedgerHash, index: UInt64, size: UInt64, proof: [LedgerHash], root: LedgerHash
    ) -> Bool {
        guard index < size else { return false }
        var (place, last) = (index, size - 1)
        var hash = leafHash
        for step in proof {
            if last == 0 { return false }
            if place & 1 == 1 || place == last {
                hash = nodeHash(step, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = nodeHash(hash, step)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether a proof ties an older root to a newer one (section 2.1.4.2). Never traps, whatever the proof.
    ///
    /// Every tree continues the empty one, and only an empty proof shows it.
    public static func verifyConsistency(
        from older: UInt64, root olderRoot: LedgerHash, to newer: UInt64, root newerRoot: LedgerHash,
        proof: [LedgerHash]
    ) -> Bool {
        if older == newer { return proof.isEmpty && olderRoot == newerRoot }
        if older == 0 { return proof.isEmpty && olderRoot == emptyRoot }
        guard older < newer else { return false }
        // If the older tree is a full subtree of the newer one, its root is left out of the proof.
        var steps = (older.nonzeroBitCount == 1 ? [olderRoot] : []) + proof
        guard !steps.isEmpty else { return false }
        var (place, last) = (older - 1, newer - 1)
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        let first = steps.removeFirst()
        var (old, new) = (first, first)
        for step in steps {
            if last == 0 { return false }
            if place & 1 == 1 || place == last {
                old = nodeHash(step, old)
                new = nodeHash(step, new)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                new = nodeHash(new, step)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && old == olderRoot && new == newerRoot
    }
}
