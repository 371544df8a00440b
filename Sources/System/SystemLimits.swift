/// What one call takes or asks the kernel for at most.
enum SystemLimits {
    /// Events taken from epoll in one turn: enough to spread the cost of the call, few enough that timers are not kept
    /// waiting and that the buffer stays under a kilobyte. What is left is level-triggered and comes next turn.
    static let eventsPerTurnMax: Int32 = 64
    /// Signal records read at a time; the rest stays readable.
    static let signalsPerTurnMax = 8
    /// Read from a file at a time: a few calls for a usual file, little to throw away.
    static let fileChunkBytes = 16 * 1024
    /// Connections that the kernel completes before they are accepted. It takes the lower of this and
    /// net.core.somaxconn (4,096 by default).
    static let acceptBacklog: Int32 = 4096
    /// Between two tries for a lock that another process holds for about a millisecond.
    static let lockPauseMilliseconds: Int32 = 10
}
