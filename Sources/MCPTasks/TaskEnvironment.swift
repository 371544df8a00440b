/// What tasks need of the system, handed in: this module makes no system calls.
public struct TaskEnvironment {
    /// A clock that never goes back, in milliseconds; it may start anywhere.
    public let monotonicMilliseconds: () -> Int64
    /// Milliseconds since the beginning of 1970, UTC, for the times that clients are shown.
    public let calendarMilliseconds: () -> Int64
    /// Bytes that nobody can guess, exactly as many as asked for; nil when there are none.
    public let randomBytes: (_ count: Int) -> [UInt8]?
    /// Calls the action once, when so many milliseconds have passed.
    public let schedule: (_ milliseconds: Int64, _ action: @escaping () -> Void) -> Void

    public init(
        monotonicMilliseconds: @escaping () -> Int64, calendarMilliseconds: @escaping () -> Int64,
        randomBytes: @escaping (_ count: Int) -> [UInt8]?,
        schedule: @escaping (_ milliseconds: Int64, _ action: @escaping () -> Void) -> Void
    ) {
        self.monotonicMilliseconds = monotonicMilliseconds
        self.calendarMilliseconds = calendarMilliseconds
        self.randomBytes = randomBytes
        self.schedule = schedule
    }
}
