import System

enum ProgramLimits {
    /// How long the requests of a client whose input has ended may still take. MCP's SDKs send SIGTERM 2 s after they
    /// have closed it (2025-11-25, basic/lifecycle, Shutdown).
    static let finishTime = TimeSpan.milliseconds(1500)
    /// When the server is to stop, what has begun has as long as a call may wait for TMDB, and this, for its answer.
    static let answerTime = TimeSpan.seconds(1)
    /// For errors to reach clients whose requests are given up.
    static let lastTime = TimeSpan.seconds(1)
    /// Files with secrets are looked at this often at most, when a request comes.
    static let secretsInterval = TimeSpan.milliseconds(100)
    /// How long a file with a secret must have stayed the same that was written where it stands.
    static let secretsSettleTime = TimeSpan.milliseconds(100)
}
