/// What a configuration holds at most. Files and variables come from whoever starts the program: the bounds keep a
/// wrong one from being read for long.
package enum ConfigurationLimits {
    /// Of the config file. One with every setting and many words has a few KiB.
    package static let fileBytesMax = 64 * 1024
    /// Of a file that holds one secret: the longest token, with whitespace around it.
    package static let secretFileBytesMax = 8 * 1024
    /// Mappings and sequences in each other. The settings need three.
    package static let yamlDepthMax = 16
    /// Characters of a token: fewer could be guessed, more would not fit the head of a request.
    package static let tokenBytes = 16...4096
    /// One origin or host: a name has at most 253 bytes (RFC 1035), a scheme and a port come to it.
    package static let itemBytesMax = 300
    /// Items of a list. Each request is compared with all origins or hosts.
    package static let itemsMax = 64
    /// A name that is not known is repeated when it is no longer. TMDB's keys have 32 bytes and more; the longest name
    /// that a person means has fewer.
    package static let nameBytesMax = 24
    /// Seconds that one request to TMDB may take.
    package static let timeoutSeconds = 1...300
    /// Requests to TMDB a second. TMDB takes about 40 to 50; who measures, or asks a server of one's own, wants more.
    package static let rateLimit = 1...1_000_000
    /// Connections to TMDB, which allows 20 of one address; a proxy of one's own may allow more.
    package static let connections = 1...64
    /// Megabytes (1 << 20) of answers that are kept: 1024 still fit the address space of 32 bits.
    package static let cacheMegabytes = 0...1024
    /// Seconds that a session may be idle: up to a day.
    package static let sessionTimeoutSeconds = 1...86_400
    /// Seconds in which a server that is to stop still serves those who have not heard of it.
    package static let drainSeconds = 0...300
    /// For another process that keeps its token in the same folder, in seconds. It takes milliseconds.
    package static let lockPatienceSeconds = 5
}
