/// What a client on standard input and output can make this process hold.
enum StdioLimits {
    /// Bytes read a turn: as much as a pipe of Linux holds, so that one client's burst costs few calls.
    static let readBytes = 64 << 10
    /// Bytes written a call. A pipe that reports room takes this many at once (PIPE_BUF on Linux), so that a write
    /// never waits although the descriptor stays in the blocking mode that its other users may rely on.
    static let writeBytes = 4 << 10
    /// While so many bytes wait for a slow reader, no more messages are read.
    static let outputBytesHigh = 1 << 20
    /// Reading goes on when no more than these wait.
    static let outputBytesLow = 256 << 10
    /// The capacity that an empty queue keeps.
    static let idleBytesMax = 64 << 10
}
