import Bytes
import CSystem

/// The clock that people read, which may be set at any time. For deadlines use `Instant`.
public enum CalendarClock {
    /// Nanoseconds since the beginning of 1970, UTC.
    public static func nanosecondsSince1970() -> Int64 {
        let nanoseconds = csystem_calendar_nanoseconds()
        guard nanoseconds != .min else { SystemError(failed: "clock_gettime").endProcess() }
        return nanoseconds
    }

    /// The day, UTC, as 2026-01-31.
    package static func today() -> String {
        CivilDate(daysSince1970: Int(max(nanosecondsSince1970(), 0) / 86_400_000_000_000)).text
    }
}
