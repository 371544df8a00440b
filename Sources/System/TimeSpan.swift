/// A length of time in nanoseconds. Arithmetic stops at the ends of the range (292 years) instead of trapping.
package struct TimeSpan: Comparable, Sendable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static var zero: TimeSpan { TimeSpan(nanoseconds: 0) }

    package static func milliseconds(_ count: Int) -> TimeSpan {
        TimeSpan(count, timesNanoseconds: 1_000_000)
    }

    package static func seconds(_ count: Int) -> TimeSpan {
        TimeSpan(count, timesNanoseconds: 1_000_000_000)
    }

    /// Whole milliseconds, the fraction dropped, at most `Int.max`.
    package var milliseconds: Int {
        Int(clamping: nanoseconds / 1_000_000)
    }

    /// Whole milliseconds, a fraction counted as one, from 0 to `Int32.max`: a wait of that many never ends too early.
    package var millisecondsToWait: Int32 {
        guard nanoseconds > 0 else { return 0 }
        let whole = nanoseconds / 1_000_000
        return Int32(clamping: nanoseconds % 1_000_000 == 0 ? whole : whole + 1)
    }

    package static func < (left: TimeSpan, right: TimeSpan) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    private init(_ count: Int, timesNanoseconds unit: Int64) {
        let (product, overflow) = Int64(count).multipliedReportingOverflow(by: unit)
        nanoseconds = overflow ? (count < 0 ? .min : .max) : product
    }
}
