/// What a request gives back, in order: any number of `.message` and `.pause`, then one of the others, then nothing
/// more.
public enum Reply: Sendable {
    /// A notification about the request, or a request to its client (legacy era).
    case message(OutgoingMessage)
    /// The connection may be closed; the client comes back after that time. The request goes on.
    case pause(retryAfterMilliseconds: Int64)
    case answer(OutgoingMessage)
    /// The request was cancelled, or all of a batch was, and is not answered.
    case cancelled
}
