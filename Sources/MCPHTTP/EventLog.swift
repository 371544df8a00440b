package import System

/// The last events of one session, for clients that come back (2025-11-25, basic/transports, Resumability and
/// Redelivery). The oldest go when there are too many.
package struct EventLog {
    /// What all logs hold together.
    package final class Budget {
        package let bytesMax: Int
        package fileprivate(set) var bytes = 0
        /// How many logs hold something.
        fileprivate var logs = 0

        package init(bytesMax: Int) { self.bytesMax = bytesMax }

        /// What a log may hold when those of others have filled the budget, so that they cannot take its events. All
        /// of them together can thus hold twice the budget.
        fileprivate var share: Int { bytesMax / max(1, logs) }
    }

    private struct Entry {
        let id: EventID
        let text: [UInt8]
        let time: Instant
    }

    private let limits: HTTPTransportLimits
    private let budget: Budget
    private var entries: [Entry] = []
    private var bytes = 0
    private var isClosed = false

    package init(limits: HTTPTransportLimits, budget: Budget) {
        self.limits = limits
        self.budget = budget
    }

    /// The texts of a stream's events after a place, in order. Nil when some of them are gone, or nothing tells that
    /// none are.
    package func events(of stream: UInt32, after place: UInt32) -> [[UInt8]]? {
        let known = entries.filter { $0.id.stream == stream && $0.id.place >= place }
        guard let first = known.first, first.id.place - place <= 1 else { return nil }
        return known.drop { $0.id.place == place }.map { $0.text }
    }

    /// Those of them that are left.
    package func rest(of stream: UInt32, after place: UInt32) -> [[UInt8]] {
        entries.filter { $0.id.stream == stream && $0.id.place > place }.map { $0.text }
    }

    package mutating func append(_ id: EventID, _ text: [UInt8], at time: Instant) {
        guard !isClosed else { return }
        if entries.isEmpty { budget.logs += 1 }
        entries.append(Entry(id: id, text: text, time: time))
        bytes += text.count
        budget.bytes += text.count
        while !entries.isEmpty,
            entries.count > limits.eventsMax || bytes > limits.eventBytesMax
                || (budget.bytes > budget.bytesMax && bytes > budget.share)
        {
            removeFirst(1)
        }
    }

    package mutating func removeOlder(than time: Instant) {
        removeFirst(entries.prefix { $0.time < time }.count)
    }

    /// Gives everything back. What a session that has ended still says is not kept.
    package mutating func close() {
        isClosed = true
        removeFirst(entries.count)
    }

    private mutating func removeFirst(_ count: Int) {
        guard !entries.isEmpty else { return }
        let size = entries.prefix(count).reduce(0) { $0 + $1.text.count }
        bytes -= size
        budget.bytes -= size
        entries.removeFirst(count)
        guard entries.isEmpty else { return }
        entries = []
        budget.logs -= 1
    }
}
