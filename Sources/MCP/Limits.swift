/// What a client can make this library hold or say at most.
package enum Limits {
    /// Bytes of one message. The largest sensible call has a query of a few hundred characters; 1 MiB is generous.
    package static let messageBytesMax = 1 << 20
    /// Calls of one connection that run at once. Each holds its arguments and one request upstream.
    package static let callsMax = 1024
    /// Messages of one batch. No known client sends more than a few.
    package static let batchMax = 100
    /// Wrong arguments that one refusal names.
    package static let problemsMax = 8
    /// Unicode scalars of a client's own words that an error repeats.
    package static let quoteMax = 64
}
