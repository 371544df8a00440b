import CSystem

/// A point on the monotonic clock, which no one sets and which starts anywhere.
public struct Instant: Comparable, Sendable {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Reads the clock. On the loop use `EventLoop.now`, which is one for the whole turn.
    public static func readClock() -> Instant {
        let nanoseconds = csystem_monotonic_nanoseconds()
        guard nanoseconds != .min else { SystemError(failed: "clock_gettime").endProcess() }
        return Instant(nanoseconds: nanoseconds)
    }

    public static func + (instant: Instant, span: TimeSpan) -> Instant {
        let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(span.nanoseconds)
        return Instant(nanoseconds: overflow ? (span.nanoseconds < 0 ? .min : .max) : sum)
    }

    public static func - (later: Instant, earlier: Instant) -> TimeSpan {
        let (difference, overflow) = later.nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        return TimeSpan(nanoseconds: overflow ? (earlier.nanoseconds < 0 ? .max : .min) : difference)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}
