public import System

/// What clients can make a server hold or wait for. Each is set before the server is made.
public struct HTTPServerLimits: Sendable {
    /// The request line without its end. RFC 9112 section 3 asks for 8,000 at least.
    public var requestLineBytesMax = 8 << 10
    /// A request's head, its last empty line included: room for large tokens and tracing fields.
    public var headBytesMax = 16 << 10
    /// Field lines in a head: browsers send about 20.
    public var fieldsMax = 100
    /// A request's body without its chunked framing.
    public var bodyBytesMax = 1 << 20
    /// The chunk extensions of one body. Nobody uses them but attackers.
    public var chunkExtensionBytesMax = 4 << 10
    /// The trailer section of a chunked body.
    public var trailerBytesMax = 8 << 10
    /// A body that nobody wants is read up to here, so that the connection can be kept; a longer one ends it.
    public var discardedBytesMax = 64 << 10
    /// From a request's first byte to the end of its head.
    public var headTime = TimeSpan.seconds(10)
    /// From the end of the head to the end of the body.
    public var bodyTime = TimeSpan.seconds(30)
    /// While a body comes, `bodyProgressBytesMin` must come in each such time: a stalled client is found early.
    public var bodyProgressTime = TimeSpan.seconds(10)
    public var bodyProgressBytesMin = 1 << 10
    /// A connection without a request: longer than any proxy keeps its own, so that none sends a request into the close
    /// and tells its client 502. Traefik keeps them 90 s, Caddy 120 s, Google's balancers 600 s, Envoy 3,600 s. What
    /// bounds them is their count: of too many, the one that has been idle for longest is closed for the next.
    public var idleTime = TimeSpan.seconds(3_900)
    /// A client that takes nothing of what is queued for it.
    public var stallTime = TimeSpan.seconds(30)
    /// After the last answer the client's remaining bytes are dropped for so long, so that it gets the answer before
    /// the connection is reset (RFC 9112 section 9.6).
    public var lingerTime = TimeSpan.seconds(3)
    /// Deadlines are looked at this often at most, and may pass by so much unnoticed.
    public var sweepInterval = TimeSpan.seconds(1)
    /// Each takes a descriptor and less than a kilobyte. One more takes the place of an idle one.
    public var connectionsMax = 16_384
    /// What a stream may leave queued for a slow reader; one byte more aborts it. A longer message is sent when nothing
    /// else waits, and then counts as nothing.
    public var queuedBytesMax = 1 << 20
    /// While more than this waits to be written, the next pipelined request waits too.
    public var pipelineQueuedBytesMax = 64 << 10

    public init() {}
}

enum HTTPParserLimits {
    /// Read at a time, into one buffer for all connections.
    static let readBytes = 64 << 10
    /// The capacity that a shared buffer keeps; larger ones are given back. A growing array doubles: this is more than
    /// twice the largest answer that many clients ask for, `tools/list`.
    static let keptCapacityMax = 128 << 10
    /// The capacity of the output buffers kept for the next connections that answer, all together.
    static let spareOutputBytesMax = 512 << 10
    /// Connections accepted in a turn, so that those that are open are served too.
    static let acceptsPerTurnMax = 64
    /// Pipelined requests of one connection answered at a time, so that others are served between them.
    static let requestsPerTurnMax = 16
    /// Idle connections that turn out to have a request in progress when one is to be closed for another.
    static let evictionTriesMax = 16
    /// Connections beyond the limit that are open at a time to be told so; others are closed without a word.
    static let refusalsMax = 64
    /// Line ends before a request line (RFC 9112 section 2.2).
    static let emptyLinesMax = 4
    /// How long accepting rests when the system has no descriptor or memory left.
    static let acceptRetry = TimeSpan.milliseconds(100)
    /// Hexadecimal digits of a chunk's size.
    static let chunkSizeDigitsMax = 16
    /// Reserved for a body before any of it has come.
    static let bodyReserveMax = 16 << 10
}
