/// What a client can make this library hold or say at most.
public enum MCPLimits {
    /// Bytes of one message. The largest sensible call has a query of a few hundred characters; 1 MiB is generous.
    public static let messageBytesMax = 1 << 20
    /// Requests of one client that run at once. Each holds its arguments and one request upstream.
    public static let callsMax = 1024
    /// Messages of one batch. No known client sends more than a few.
    public static let batchMax = 100
    /// Wrong arguments that one refusal names.
    public static let problemsMax = 8
    /// Unicode scalars of a client's own words that an error repeats.
    public static let quoteMax = 64
    /// Unicode scalars of a URI that an error's data repeats, whole for every sensible one.
    public static let uriMax = 2048
    /// Entries of one page of a list. A list of tools is meant to be read whole.
    public static let pageSize = 100
    /// Values of one completion (server/utilities/completion).
    public static let completionsMax = 100
    /// Resources that one session or one subscription watches.
    public static let subscriptionsMax = 1000
    /// Nanoseconds from the beginning of a request to its first notification of progress, and between two of them.
    public static let progressNanoseconds: Int64 = 250_000_000
    /// Milliseconds that a notification of progress waits for what may take its place. What is asked for elsewhere is
    /// often answered all at once, and clients read at once what is written within a moment.
    public static let progressDelayMilliseconds = 20
    /// How often one request may ask its client.
    public static let roundsMax = 8
}
