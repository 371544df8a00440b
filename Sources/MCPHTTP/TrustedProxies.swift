import Bytes
import HTTPServer
package import System

/// Reverse proxies whose word counts on where a request came from. Anyone can write the fields: those of others are not
/// read.
package struct TrustedProxies {
    private let networks: [IPNetwork]

    package init(_ networks: [IPNetwork]) { self.networks = networks }

    /// Whether what the connection's other end says of its clients counts.
    package func trust(_ address: [UInt8]) -> Bool { networks.contains { $0.contains(address) } }

    /// The client of a request: of the addresses in X-Forwarded-For, to which each proxy has added where its request
    /// came from, the last that is no trusted proxy's. Nil where none tells.
    ///
    /// - Parameter field: its lines joined by commas.
    package func client(_ field: String) -> [UInt8]? {
        var client: [UInt8]?
        for item in field.utf8.split(separator: UInt8(ascii: ",")).reversed() {
            let text = String(Substring(item)).trimmed
            // What no proxy of ours wrote may be anything; what stood behind it was written by one.
            guard let address = SocketAddress(host: text, port: 0)?.bytes else { return client }
            client = address
            if !trust(address) { return client }
        }
        return client
    }
}
