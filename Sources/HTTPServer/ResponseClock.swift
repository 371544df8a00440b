import System

/// The Date field (RFC 9110 section 6.6.1), made once a second.
struct ResponseClock {
    private(set) var line: [UInt8] = []
    private var validUntil = Instant(nanoseconds: .min)

    /// - Parameter now: the loop's time.
    mutating func update(now: Instant) {
        guard now >= validUntil else { return }
        let calendar = CalendarClock.nanosecondsSince1970()
        let fraction = calendar % 1_000_000_000
        validUntil = now + TimeSpan(nanoseconds: 1_000_000_000 - max(fraction, 0))
        line.removeAll(keepingCapacity: true)
        line.append(contentsOf: "Date: ".utf8)
        line.append(contentsOf: HTTPDate.text(secondsSince1970: calendar / 1_000_000_000).utf8)
        line.append(contentsOf: "\r\n".utf8)
    }
}
