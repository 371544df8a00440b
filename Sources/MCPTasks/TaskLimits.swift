/// What clients can make `Tasks` hold at most. All of it is kept in memory until a task's time is over.
public struct TaskLimits: Sendable {
    /// Tasks of all callers at once, ended ones included.
    public let tasksMax: Int
    /// Tasks of one `Caller.id` at once, so that no client takes all room.
    public let callerTasksMax: Int
    /// How long a task is kept from its creation on, in milliseconds. A task that still works then is stopped.
    public let lifetimeMilliseconds: Int64
    /// How often clients are told to ask, in milliseconds.
    public let pollMilliseconds: Int64
    /// Bytes of one result. A task whose result is longer fails.
    public let resultBytesMax: Int
    /// How often one task may ask its client.
    public let roundsMax: Int

    /// Every value is above 0; a lifetime is at most a year.
    public init(
        tasksMax: Int = 256, callerTasksMax: Int = 64, lifetimeMilliseconds: Int64 = 900_000,
        pollMilliseconds: Int64 = 1000, resultBytesMax: Int = 1 << 20, roundsMax: Int = 8
    ) {
        assert(min(tasksMax, callerTasksMax, resultBytesMax, roundsMax) > 0 && pollMilliseconds > 0)
        assert((1...31_536_000_000).contains(lifetimeMilliseconds))
        self.tasksMax = tasksMax
        self.callerTasksMax = callerTasksMax
        self.lifetimeMilliseconds = lifetimeMilliseconds
        self.pollMilliseconds = pollMilliseconds
        self.resultBytesMax = resultBytesMax
        self.roundsMax = roundsMax
    }
}
