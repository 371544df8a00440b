import System

enum ProgramLimits {
    /// How long requests that have begun may still take when the server is to end: by a signal, or because the input of
    /// its only client has ended. Docker kills after 10 s. MCP's SDKs send SIGTERM 2 s after they have closed the
    /// input, which then ends the server at once.
    static let stopTime = TimeSpan.seconds(5)
    /// Files with secrets are looked at this often at most, when a request comes.
    static let secretsInterval = TimeSpan.milliseconds(100)
    /// How long a file with a secret must have stayed the same that was written where it stands.
    static let secretsSettleTime = TimeSpan.milliseconds(100)
}
