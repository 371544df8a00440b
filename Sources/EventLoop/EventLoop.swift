public import System

/// One thread's loop: descriptors through epoll (level-triggered), timers, signals.
///
/// Handlers run on the thread that called `run`, one at a time, and may call anything here, also deregister themselves.
/// A handler that captures the loop keeps it alive until it is deregistered. Nothing here may be called from another
/// thread.
public final class EventLoop {
    let poller: Poller
    var entries = SlotTable<Entry>()
    /// Registrations that epoll refuses because their files are always ready.
    var alwaysReady: [SlotID] = []
    var timers = TimerQueue()
    var signals: SignalQueue?
    var signalHandler: ((Signal) -> Void)?
    private var deferred: [() -> Void] = []
    private let clock: () -> Instant
    private var turnStart: Instant
    private var isRunning = false
    private var stopRequested = false

    /// - Parameter clock: never goes back; tests move their own by hand.
    public init(clock: @escaping () -> Instant = Instant.readClock) throws(SystemError) {
        poller = try Poller()
        self.clock = clock
        turnStart = clock()
    }

    /// The time at which the current turn began to call handlers; the clock's time when the loop does not run.
    public var now: Instant { isRunning ? turnStart : clock() }

    /// Runs turns until `stop` is called. Throws when epoll itself fails, which leaves nothing to go on with.
    public func run() throws(SystemError) {
        assert(!isRunning)
        isRunning = true
        defer {
            isRunning = false
            stopRequested = false
        }
        while !stopRequested {
            try turn()
        }
    }

    /// Ends `run` at the end of the current turn, or the next `run` before its first.
    public func stop() {
        stopRequested = true
    }

    /// Runs `work` at the end of the turn, outside of every handler. Work that defers again waits for the next turn.
    public func atEndOfTurn(_ work: @escaping () -> Void) {
        deferred.append(work)
    }

    private func turn() throws(SystemError) {
        let count = try poller.wait(milliseconds: waitMilliseconds())
        turnStart = clock()
        for index in 0..<count { dispatch(poller.event(at: index)) }
        dispatchAlwaysReady()
        fireTimers()
        runDeferred()
    }

    /// -1 is for ever. The clock is read anew: the turn's time is as old as its handlers took.
    private func waitMilliseconds() -> Int32 {
        if !deferred.isEmpty || hasAlwaysReadyInterest { return 0 }
        guard let deadline = timers.nextDeadline else { return -1 }
        return (deadline - clock()).millisecondsToWait
    }

    private func runDeferred() {
        let works = deferred
        deferred = []
        for work in works {
            work()
        }
    }
}
