/// Up to 256 entries one after the other, each behind its length in two bytes (C2SP tlog-tiles).
public enum EntryBundle {
    /// Appends one entry. `false`, and nothing is appended, if it is longer than two bytes can say.
    public static func append(_ entry: [UInt8], to bundle: inout [UInt8]) -> Bool {
        guard let length = UInt16(exactly: entry.count) else { return false }
        bundle.append(UInt8(length >> 8))
        bundle.append(UInt8(length & 0xFF))
        bundle.append(contentsOf: entry)
        return true
    }

    /// Where the entries stand. `nil` unless there are exactly as many as the width says, and nothing behind them.
    public static func places(_ bundle: [UInt8], width: Int) -> [Range<Int>]? {
        var places: [Range<Int>] = []
        places.reserveCapacity(width)
        var place = 0
        while place < bundle.count {
            guard places.count < width, bundle.count - place >= 2 else { return nil }
            let length = Int(bundle[place]) << 8 | Int(bundle[place + 1])
            place += 2
            guard bundle.count - place >= length else { return nil }
            places.append(place..<place + length)
            place += length
        }
        return places.count == width ? places : nil
    }

    /// The entries; `nil` as for `places`.
    public static func entries(_ bundle: [UInt8], width: Int) -> [[UInt8]]? {
        places(bundle, width: width)?.map { Array(bundle[$0]) }
    }

    /// The leaf hashes; `nil` as for `places`.
    public static func leafHashes(_ bundle: consuming [UInt8], width: Int) -> [LedgerHash]? {
        var hashes: [LedgerHash] = []
        hashes.reserveCapacity(width)
        let isRead = eachLeafHash(&bundle, width: width) { _, hash in
            hashes.append(hash)
            return true
        }
        return isRead ? hashes : nil
    }

    /// Gives the leaf hashes one after the other, until told to stop. `false` if the bundle is none.
    static func eachLeafHash(
        _ bundle: inout [UInt8], width: Int, _ body: (Int, LedgerHash) -> Bool
    ) -> Bool {
        guard let places = places(bundle, width: width) else { return false }
        // The prefix of a leaf takes the place of the length's last byte, so that nothing is copied.
        bundle.withUnsafeMutableBytes { buffer in
            for (number, place) in places.enumerated() {
                buffer[place.lowerBound - 1] = 0
                let leaf = UnsafeRawBufferPointer(rebasing: buffer[(place.lowerBound - 1)..<place.upperBound])
                if !body(number, Merkle.sha256(leaf)) { return }
            }
        }
        return true
    }
}
