/// What a request gives back, in order: any number of `.message`, `.progress` and `.pause`, then one of the others,
/// then nothing more.
public enum Reply: Sendable {
    /// A notification about the request, or a request to its client (legacy era).
    case message(OutgoingMessage)
    /// A notification of progress. It waits for `MCPLimits.progressDelayMilliseconds`, and must not go out in one write
    /// with what ends the request, but is dropped rather: clients that read both at once take the progress for that of
    /// a request that they do not know.
    case progress(OutgoingMessage)
    /// The connection may be closed; the client comes back after that time. The request goes on.
    case pause(retryAfterMilliseconds: Int64)
    case answer(OutgoingMessage)
    /// The request was cancelled, or all of a batch was, and is not answered.
    case cancelled
}
