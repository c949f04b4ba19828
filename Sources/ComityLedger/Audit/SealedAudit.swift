/// Everything that can be found in a ledger's files with its seal and nothing else.
public struct SealedAudit: Hashable, Sendable {
    /// What the entries say.
    public let report: LedgerAudit.Report
    /// Files that are not as they were sealed.
    public let tiles: [TileFinding]
    /// Seals seen before that this one cannot follow.
    public let conflicts: [SealConflict]

    /// Whether nothing was found.
    public var isSound: Bool { report.isSound && tiles.isEmpty && conflicts.isEmpty }

    /// Every finding, as words.
    public var findings: [String] {
        tiles.map(\.description) + conflicts.map { "the seal: \($0.rawValue)" }
            + report.findings.map(\.description)
            + (report.furtherFindings > 0 ? ["and \(report.furtherFindings) more"] : [])
    }

    /// - Parameters:
    ///   - seal: read with the ledger's key.
    ///   - seen: seals of the ledger that somebody kept.
    ///   - source: the files.
    ///   - tiles: what was found in the files, if that has been looked for already, by several threads for example.
    /// - Throws: what the source throws.
    public init(
        _ seal: Seal, seen: [Seal] = [], source: some TileSource, tiles found: [TileFinding]? = nil
    ) throws {
        var verification = TileVerification(size: seal.size, root: seal.root, source: source)
        tiles = try found ?? verification.all()
        conflicts = seen.compactMap { older in
            if older.size > seal.size { return .smaller }
            if older.size == seal.size, older.root != seal.root { return .otherHistory }
            if let time = seal.time, let before = older.time, time < before { return .earlier }
            return nil
        }
        var audit = LedgerAudit(of: seal.ledger)
        audit.expect(seen.filter { $0.size <= seal.size } + [seal])
        for index in 0..<(TileShape(size: seal.size).tiles(0)) {
            guard let path = TileShape(size: seal.size).bundle(index), let bytes = try source.bytes(at: path),
                let entries = EntryBundle.entries(bytes, width: path.width)
            else { break }
            for entry in entries { audit.add(entry) }
        }
        report = audit.report(size: seal.size, root: seal.root)
    }
}
