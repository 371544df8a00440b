public import System

/// What clients can make this module hold, and how long it waits.
public struct HTTPTransportLimits: Sendable {
    /// Sessions that nothing is connected to or running for. Beyond it the ones unused for the longest time go, about a
    /// kilobyte each, and come back when they are named.
    public var idleSessionsMax = 1000
    /// Kept of one session's events for clients that come back: more than a call with progress sends.
    public var eventsMax = 256
    public var eventBytesMax = 256 << 10
    /// Kept of all sessions' events; twice as much at most, since each session has its part.
    public var allEventBytesMax = 16 << 20
    /// How long events are kept.
    public var eventTime = TimeSpan.seconds(300)
    /// Between the comments on a stream that has nothing to say, so that no proxy takes it for dead; also how long an
    /// answer may take before its response begins as a stream.
    public var keepAliveInterval = TimeSpan.seconds(15)
    /// Between looks for sessions that have expired.
    public var sweepInterval = TimeSpan.seconds(10)
    /// How long browsers may keep the answer to a preflight, in seconds.
    public var preflightSeconds = 7200

    public init() {}
}

enum MCPHTTPLimits {
    /// Methods, tools and outcomes that are counted apart. Both come from the server, not from clients.
    static let seriesMax = 512
    /// Characters of a session's id.
    static let sessionIDLength = 64
    /// How long after `initialize` a process that has not the session still makes it of its id: 30 days.
    static let sealedSeconds: Int64 = 30 * 86400
    /// Refusals that are told of: so many at once, and then one in each such time. A log of 200 bytes a line grows by
    /// less than 70 MB a day.
    static let refusalBurst: Int64 = 50
    static let refusalInterval = TimeSpan.milliseconds(250)
    /// How long after a refusal that was not told of their number is, when no other has told it.
    static let refusalSummaryTime = TimeSpan.seconds(10)
    /// What is told of a name that was refused: the longest that a host has (RFC 1035, section 2.3.4).
    static let refusedNameMax = 253
    /// Sessions that have ended here and are not made of their ids again. With the next one, the first is forgotten.
    static let endedSessionsMax = 4096
}
