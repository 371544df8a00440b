import System

/// What a client uses at most.
enum HTTPClientLimits {
    /// Connections open or being opened, where nothing else is set: eight answer 40 requests a second at 200 ms each,
    /// and TMDB allows 20. With mbedTLS each one takes 50 KiB, and 0.9 MB where it keeps the certificates of a whole
    /// SSL_CERT_FILE. As many are kept for the next request: libcurl counts the busy ones too, and would close idle
    /// ones under load. So are handles, of about 6 KiB.
    static let connectionsMax = 8
    /// Requests in progress, most of them waiting for a connection.
    static let requestsMax = 256
    /// All lines of a response's heads together: interim responses, the response, trailers. Servers send 1 to 4 KiB.
    static let headBytesMax = 64 * 1024
    /// Storage taken in advance on a server's word (Content-Length): a lie costs no more than this.
    static let reservedBytesMax = 256 * 1024
    /// A file of root certificates; the usual bundles have 200 to 250 KiB.
    static let trustFileBytesMax = 4 * 1024 * 1024
    /// Bytes of a host's name in a failure; DNS allows 253.
    static let hostBytesMax = 255
    /// The response's body, decoded: as much as the JSON parser takes. TMDB's largest answers have a few hundred KiB.
    static let responseBytesMax = 4 * 1024 * 1024
    /// Bytes that are unpacked at once where libcurl does not unpack.
    static let gunzipChunkBytes = 32 * 1024
    /// Addresses of one request that are kept for its failure.
    static let addressesMax = 32
    /// How long a family of addresses that was silent is left for the other.
    static let silentFamilyTime = TimeSpan.seconds(600)
    /// How long libcurl remembers the addresses of a name: its own default.
    static let nameSeconds = 60
    /// Ways to authenticate that a failure names, and bytes of the name of one.
    static let schemesMax = 4
    static let schemeBytesMax = 16
    /// Certificates of a file that are kept as of no use, for a failure to name.
    static let unusableMax = 200
    /// Bytes of /etc/resolv.conf that are looked through.
    static let resolverBytesMax = 64 * 1024
    static let connectTimeout = TimeSpan.seconds(10)
    static let totalTimeout = TimeSpan.seconds(30)
}
