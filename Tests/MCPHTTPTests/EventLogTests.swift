import MCPHTTP
import JSON
import MCP
import System
import Testing

struct EventLogTests {
    private static let start = Instant(nanoseconds: 0)

    private static func limits(events: Int = 3, bytes: Int = 100) -> HTTPTransportLimits {
        var limits = HTTPTransportLimits()
        limits.eventsMax = events
        limits.eventBytesMax = bytes
        return limits
    }

    /// A log with events of these places in stream 1, each of so many bytes.
    private static func log(
        _ places: ClosedRange<UInt32>, size: Int = 1, limits: HTTPTransportLimits = limits(),
        budget: EventLog.Budget = EventLog.Budget(bytesMax: 1000)
    ) -> EventLog {
        var log = EventLog(limits: limits, budget: budget)
        for place in places {
            log.append(EventID(stream: 1, place: place), [UInt8](repeating: UInt8(place), count: size), at: start)
        }
        return log
    }

    @Test("events after a place come in order, those of other streams left out")
    func order() {
        var log = EventLogTests.log(1...2)
        log.append(EventID(stream: 2, place: 1), [9], at: EventLogTests.start)
        #expect(log.events(of: 1, after: 0) == [[1], [2]])
        #expect(log.events(of: 1, after: 1) == [[2]])
        #expect(log.events(of: 2, after: 0) == [[9]])
    }

    @Test("after the last event there is nothing; of what was never sent nobody can tell")
    func unknown() {
        let log = EventLogTests.log(1...2)
        #expect(log.events(of: 1, after: 2) == [])
        #expect(log.events(of: 1, after: 3) == nil)
        #expect(log.events(of: 7, after: 1) == nil)
        #expect(log.events(of: 1, after: .max) == nil)
    }

    @Test("as many events are kept as the limit says")
    func countLimit() {
        #expect(EventLogTests.log(1...3).events(of: 1, after: 0)?.count == 3)
        let log = EventLogTests.log(1...4)
        #expect(log.events(of: 1, after: 0) == nil)
        #expect(log.events(of: 1, after: 1)?.count == 3)
        #expect(log.rest(of: 1, after: 0).count == 3)
    }

    @Test("a log that is closed gives everything back and takes nothing more")
    func closed() {
        let budget = EventLog.Budget(bytesMax: 1000)
        var log = EventLogTests.log(1...2, size: 50, budget: budget)
        #expect(budget.bytes == 100)
        log.close()
        #expect(budget.bytes == 0)
        log.append(EventID(stream: 1, place: 3), [1], at: EventLogTests.start)
        #expect(budget.bytes == 0 && log.rest(of: 1, after: 0) == [])
    }

    @Test("as many bytes are kept as the limit says")
    func byteLimit() {
        #expect(EventLogTests.log(1...2, size: 50).events(of: 1, after: 0)?.count == 2)
        #expect(EventLogTests.log(1...2, size: 51).events(of: 1, after: 0) == nil)
        #expect(EventLogTests.log(1...2, size: 51).events(of: 1, after: 1)?.count == 1)
    }

    @Test("an event beyond the limit is gone, and that is known")
    func largeEvent() {
        #expect(EventLogTests.log(1...1, size: 100).events(of: 1, after: 0)?.count == 1)
        #expect(EventLogTests.log(1...1, size: 101).events(of: 1, after: 0) == nil)
    }

    @Test("all logs share a budget, of which each has its part however much others hold, and give back what they drop")
    func budget() {
        let budget = EventLog.Budget(bytesMax: 10)
        var first = EventLogTests.log(1...2, size: 3, budget: budget)
        var second = EventLogTests.log(1...2, size: 2, budget: budget)
        #expect(budget.bytes == 10)
        #expect(second.events(of: 1, after: 0)?.count == 2)
        second.append(EventID(stream: 1, place: 3), [0], at: EventLogTests.start)
        #expect(budget.bytes == 11)
        #expect(second.events(of: 1, after: 0)?.count == 3)
        second.append(EventID(stream: 2, place: 1), [0], at: EventLogTests.start)
        #expect(budget.bytes == 10)
        #expect(second.events(of: 1, after: 0) == nil)
        #expect(first.events(of: 1, after: 0)?.count == 2)
        first.close()
        second.close()
        #expect(budget.bytes == 0)
    }

    @Test("old events go")
    func age() {
        let budget = EventLog.Budget(bytesMax: 10)
        var log = EventLog(limits: EventLogTests.limits(), budget: budget)
        for place in UInt32(1)...3 {
            log.append(EventID(stream: 0, place: place), [0], at: Instant(nanoseconds: Int64(place)))
        }
        log.removeOlder(than: Instant(nanoseconds: 3))
        #expect(log.events(of: 0, after: 2)?.count == 1)
        #expect(log.events(of: 0, after: 0) == nil)
        #expect(budget.bytes == 1)
    }

    @Test("events are written as the HTML standard says")
    func text() {
        let message = OutgoingMessage.notification(method: "m", params: ["a": "b\nc"])
        let data = #"{"jsonrpc":"2.0","method":"m","params":{"a":"b\nc"}}"#
        #expect(written { EventText.message(message, id: nil, into: &$0) } == "event: message\ndata: \(data)\n\n")
        let id = EventID(stream: 2, place: 3)
        #expect(
            written { EventText.message(message, id: id.text, into: &$0) }
                == "id: 2-3\nevent: message\ndata: \(data)\n\n")
        #expect(written { EventText.priming(id, retryMilliseconds: nil, into: &$0) } == "id: 2-3\ndata: \n\n")
        #expect(written { EventText.priming(id, retryMilliseconds: 9, into: &$0) } == "id: 2-3\nretry: 9\ndata: \n\n")
        #expect(written { EventText.retry(milliseconds: 5, into: &$0) } == "retry: 5\n\n")
        #expect(written { EventText.endpoint("/p?q", into: &$0) } == "event: endpoint\ndata: /p?q\n\n")
        #expect(written { EventText.comment(into: &$0) } == ":\n\n")
    }

    private func written(_ body: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        body(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
