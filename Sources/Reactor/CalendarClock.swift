import CSystem

/// The clock that people read, which may be set at any time. For deadlines use `Instant`.
package enum CalendarClock {
    /// Nanoseconds since the beginning of 1970, UTC.
    package static func nanosecondsSince1970() -> Int64 { csystem_calendar_nanoseconds() }
}
