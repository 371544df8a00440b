package import HTTPTypes
package import EventLoop
import System

/// An HTTP/1.1 server (RFC 9110, RFC 9112) on the event loop. It hands requests on through closures and knows
/// nothing of what they mean.
///
/// Bytes are read into one buffer for all connections and parsed there; a connection holds memory of its own only for a
/// request that has not come whole and for what a client has not read yet. A connection's requests are answered one
/// after the other; while one is in progress, its successors wait unread.
package final class HTTPServer {
    /// What the server's user is asked. Everything is called on the loop's thread and may call anything of the server.
    package struct Events {
        /// A head has come, well-formed; the body has not been read. Only safe checks belong here.
        package var head: (RequestHead) -> RequestDecision
        /// A whole request has come. The body is valid during the call only. Respond through the writer, now or later.
        package var request: (RequestHead, Span<UInt8>, ResponseWriter) -> Void
        /// The answer to a request that the server itself refuses; its status should be the fault's.
        package var refusal: (_ fault: RequestFault, _ peerAddress: [UInt8]) -> HTTPResponse

        package init(
            head: @escaping (RequestHead) -> RequestDecision,
            request: @escaping (RequestHead, Span<UInt8>, ResponseWriter) -> Void,
            refusal: @escaping (_ fault: RequestFault, _ peerAddress: [UInt8]) -> HTTPResponse = { fault, _ in
                fault.answer
            }
        ) {
            self.head = head
            self.request = request
            self.refusal = refusal
        }
    }

    /// What has happened since the start, for metrics. Clients drive these up without end: 32 bits would not do.
    package struct Counters: Equatable, Sendable {
        /// Connections, also those that were refused since all were taken.
        package var accepted: Int64 = 0
        /// Idle connections closed to make room for others.
        package var evicted: Int64 = 0
        /// Connections closed or refused since all were taken, or since the system had nothing left.
        package var turnedAway: Int64 = 0
        /// Requests whose head was well-formed.
        package var requests: Int64 = 0
        /// Requests that the server itself refused.
        package var faults: Int64 = 0
        /// Connections closed since their client read too slowly.
        package var slowReaders: Int64 = 0
    }

    let loop: EventLoop
    let limits: HTTPServerLimits
    let sharedLimits: SharedLimits
    let events: Events
    let catalog: FieldCatalog
    package internal(set) var counters = Counters()

    var listeners: [Listening] = []
    var connections = SlotTable<HTTPConnection>()
    var idle = IdleList()
    var sweepTimer: TimerID?
    var nextSweep = Instant(nanoseconds: .max)
    /// Connections with something to write or to go on with at the end of the turn.
    var unsettled: [HTTPConnection] = []
    var isDraining = false
    var whenDrained: (() -> Void)?
    /// Every connection reads into this one.
    var readBuffer = [UInt8](repeating: 0, count: HTTPParserLimits.readBytes)
    private var spareAssembly: PartialRequest?
    private var spareOutputs: [[UInt8]] = []
    private var spareOutputBytes = 0
    private var scratch: [UInt8] = []
    private var clock = ResponseClock()

    /// - Parameter fields: the names of fields that handlers look up by key.
    package init(
        loop: EventLoop, limits: HTTPServerLimits = HTTPServerLimits(), fields: FieldCatalog = FieldCatalog(),
        events: Events
    ) {
        self.loop = loop
        self.limits = limits
        sharedLimits = SharedLimits(limits)
        self.events = events
        catalog = fields
    }

    /// Connections that are open now.
    package var openConnections: Int { connections.count }

    /// From now on each connection, also a new one, ends with the response to its next request; `drain` follows. Who
    /// keeps a connection may have sent a request on it before the news arrive, and most never send it again.
    package func beginDrain() { isDraining = true }

    /// Streams are ended by their owners; everything else ends by itself: accepting stops, idle connections are closed,
    /// requests in progress are answered with `Connection: close`. `action` is called at the end of the turn in which
    /// the last connection is closed.
    package func drain(then action: @escaping () -> Void) {
        stopAccepting()
        whenDrained = action
        for id in connections.ids { connections[id]?.shutDown() }
        noteClosed()
    }

    /// Closes every connection at once, whatever it is doing. `onClose` is called for each response in progress.
    package func closeAll() {
        stopAccepting()
        for id in connections.ids { connections[id]?.closeNow() }
        if let sweepTimer { loop.cancel(sweepTimer) }
        sweepTimer = nil
        nextSweep = Instant(nanoseconds: .max)
    }

    // MARK: What connections share

    /// The Date field's line.
    var dateLine: [UInt8] {
        clock.update(now: loop.now)
        return clock.line
    }

    func takeAssembly() -> PartialRequest {
        if let assembly = spareAssembly {
            spareAssembly = nil
            return assembly
        }
        return PartialRequest(HeadParser(limits: limits, catalog: catalog))
    }

    func giveBack(_ assembly: PartialRequest) {
        guard spareAssembly == nil else { return }
        assembly.reset()
        spareAssembly = assembly
    }

    /// An empty buffer for output.
    func takeOutput() -> [UInt8] {
        let output = spareOutputs.popLast() ?? []
        spareOutputBytes -= output.capacity
        return output
    }

    func giveBack(_ output: consuming [UInt8]) {
        guard output.capacity <= HTTPParserLimits.keptCapacityMax,
            spareOutputBytes + output.capacity <= HTTPParserLimits.spareOutputBytesMax
        else { return }
        output.removeAll(keepingCapacity: true)
        spareOutputBytes += output.capacity
        spareOutputs.append(output)
    }

    /// Lends an empty array, one for each level of nesting.
    func withScratch(_ body: (inout [UInt8]) -> Void) {
        var bytes: [UInt8] = []
        swap(&bytes, &scratch)
        body(&bytes)
        if bytes.capacity <= HTTPParserLimits.keptCapacityMax {
            bytes.removeAll(keepingCapacity: true)
            swap(&bytes, &scratch)
        }
    }

    /// Has the connection write and go on at the end of the turn.
    func settleLater(_ connection: HTTPConnection) {
        if unsettled.isEmpty { loop.atEndOfTurn { [self] in settleAll() } }
        unsettled.append(connection)
    }

    private func settleAll() {
        let connections = unsettled
        unsettled = []
        for connection in connections { connection.settleNow() }
    }

    func noteClosed() {
        guard connections.count == 0, let action = whenDrained else { return }
        whenDrained = nil
        loop.atEndOfTurn(action)
    }
}
