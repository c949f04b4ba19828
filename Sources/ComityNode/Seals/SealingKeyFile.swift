package import ComityLedger

/// The key that signs a switch's seals, in a file that its owner alone can read.
package enum SealingKeyFile {
    /// Reads the key, or makes one if there is no file.
    package static func loadOrCreate(_ path: String) throws -> MemorySealingKey {
        try key(KeyFile.loadOrCreate(path), path)
    }

    /// Reads the key.
    package static func load(_ path: String) throws -> MemorySealingKey { try key(KeyFile.load(path), path) }

    private static func key(_ secret: [UInt8], _ path: String) throws -> MemorySealingKey {
        guard let key = MemorySealingKey(secret: secret) else {
            throw HomeError.badKey(path, why: "it is no Ed25519 key")
        }
        return key
    }
}

extension NodeConfiguration {
    /// Where the sealing key lies.
    package var sealingKeyPath: String { sealKeyFile ?? (keyFile ?? home + ".key") + ".seal" }
}
