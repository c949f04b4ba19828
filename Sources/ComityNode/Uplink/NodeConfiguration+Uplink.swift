import NIOCore

extension NodeConfiguration.Uplink {
    /// Where and as whom to sign on; the secret is read.
    func target(of configuration: NodeConfiguration) throws -> Uplink.Target {
        let address = try SocketAddress(ipAddress: host, port: port)
        guard address.isLoopback else { throw ConfigurationError.notLoopback(host) }
        return Uplink.Target(
            name: name, link: link ?? configuration.name, address: address,
            secret: try KeyFile.load(secretFile))
    }
}
