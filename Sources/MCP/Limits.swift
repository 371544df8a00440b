/// What a client can make this library hold or say at most.
package enum Limits {
    /// Bytes of one message. The largest sensible call has a query of a few hundred characters; 1 MiB is generous.
    package static let messageBytesMax = 1 << 20
    /// Requests of one client that run at once. Each holds its arguments and one request upstream.
    package static let callsMax = 1024
    /// Messages of one batch. No known client sends more than a few.
    package static let batchMax = 100
    /// Wrong arguments that one refusal names.
    package static let problemsMax = 8
    /// Unicode scalars of a client's own words that an error repeats.
    package static let quoteMax = 64
    /// Unicode scalars of a URI that an error's data repeats, whole for every sensible one.
    package static let uriMax = 2048
    /// Entries of one page of a list. A list of tools is meant to be read whole.
    package static let pageSize = 100
    /// Values of one completion (server/utilities/completion).
    package static let completionsMax = 100
    /// Resources that one session or one subscription watches.
    package static let subscriptionsMax = 1000
    /// How often one request may ask its client.
    package static let roundsMax = 8
}
