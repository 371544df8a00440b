/// A length of time in nanoseconds. Arithmetic stops at the ends of the range (292 years) instead of trapping.
public struct TimeSpan: Comparable, Sendable {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    public static var zero: TimeSpan { TimeSpan(nanoseconds: 0) }

    public static func milliseconds(_ count: Int) -> TimeSpan {
        TimeSpan(count, timesNanoseconds: 1_000_000)
    }

    public static func seconds(_ count: Int) -> TimeSpan {
        TimeSpan(count, timesNanoseconds: 1_000_000_000)
    }

    /// Whole milliseconds, the fraction dropped, at most `Int.max`.
    public var milliseconds: Int {
        Int(clamping: nanoseconds / 1_000_000)
    }

    /// Whole milliseconds, a fraction counted as one, from 0 to `Int32.max`: a wait of that many never ends too early.
    public var millisecondsToWait: Int32 {
        guard nanoseconds > 0 else { return 0 }
        let whole = nanoseconds / 1_000_000
        return Int32(clamping: nanoseconds % 1_000_000 == 0 ? whole : whole + 1)
    }

    public static func < (left: TimeSpan, right: TimeSpan) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    private init(_ count: Int, timesNanoseconds unit: Int64) {
        let (product, overflow) = Int64(count).multipliedReportingOverflow(by: unit)
        nanoseconds = overflow ? (count < 0 ? .min : .max) : product
    }
}
