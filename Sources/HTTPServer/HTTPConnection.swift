import EventLoop
import System

/// One client's connection. The server's table owns it until it is closed; exchanges may keep it, emptied, for longer.
final class HTTPConnection {
    enum Phase {
        /// Waiting for a request's head, or amid one.
        case head
        /// A request's body is read.
        case body
        /// A request is answered already; its body is read and dropped.
        case discarding
        /// A request is in progress; nothing is read.
        case handling
        /// Its response is a stream.
        case streaming
        /// What is queued is still written, then the connection ends.
        case closing
        /// The last answer is written and the output ended; the client's bytes are dropped until it ends too.
        case lingering
        case closed
    }

    struct Flags: OptionSet {
        let rawValue: UInt16

        /// A handler of the loop works on the connection and will settle it.
        static var busy: Flags { Flags(rawValue: 1) }
        /// It stands in the server's list of those to settle.
        static var listed: Flags { Flags(rawValue: 2) }
        /// `input` waits for the request in progress, or for output to be read.
        static var inputWaits: Flags { Flags(rawValue: 4) }
        /// More input waits in the system.
        static var unread: Flags { Flags(rawValue: 8) }
        /// The client has ended its input.
        static var inputEnded: Flags { Flags(rawValue: 16) }
        /// The client may still be sending when the connection is closed.
        static var lingers: Flags { Flags(rawValue: 32) }
        // Of the request in progress:
        static var isHead: Flags { Flags(rawValue: 64) }
        static var oldVersion: Flags { Flags(rawValue: 128) }
        static var keepsConnection: Flags { Flags(rawValue: 256) }
        static var chunked: Flags { Flags(rawValue: 512) }
        static var ofRequest: Flags { [.isHead, .oldVersion, .keepsConnection, .chunked] }
    }

    let server: HTTPServer
    let socket: TCPSocket
    /// How many were accepted before it, and itself.
    let number: Int64
    let peerNetwork: Int64?
    var registration: Registration?
    var slot: SlotID?
    /// Where it stands among the idle ones; nil when it is not idle.
    var idlePlace: IdleList.Place?
    var phase = Phase.head
    var flags: Flags = []
    var interest = Interest.read
    /// Counts requests, so that a response writer knows its own.
    var serial: UInt32 = 0
    /// Requests since the connection was settled last.
    var requestsInTurn = 0
    /// When the server has to look at the connection.
    var deadline = Instant(nanoseconds: .max)
    /// When a client that takes nothing, or does not end, has had its time.
    var patience = Instant(nanoseconds: .max)
    /// The beginning of a head that has not come whole, or what came behind a request that is in progress.
    var input: [UInt8] = []
    /// A request that has not come whole.
    var assembly: PartialRequest?
    var output: [UInt8] = []
    /// How many bytes of `output` are written.
    var written = 0
    /// The length of the message with which the queue began, where it alone is more than a reader may leave unread.
    var longMessageBytes = 0
    var onClose: (() -> Void)?
    var onInputEnd: (() -> Void)?

    init(_ server: HTTPServer, _ socket: TCPSocket) {
        self.server = server
        self.socket = socket
        number = server.counters.accepted
        peerNetwork = socket.peerNetwork
    }

    var queuedBytes: Int { output.count - written }

    /// Others come first: what has come from this client waits for the end of the turn.
    var hasHadTurn: Bool { requestsInTurn >= Limits.requestsPerTurnMax }

    /// - Parameter refused: all connections are taken: the client is told so.
    func start(refused: Bool) {
        if refused {
            refuse(.tooManyConnections(max: server.limits.connectionsMax))
            settleNow()
        } else {
            updateDeadline()
        }
    }

    /// What the loop reports.
    func handle(_ readiness: Readiness) {
        flags.insert(.busy)
        if readiness.contains(.writable) { flush() }
        if readiness.contains(.readable) {
            read()
        } else if readiness.contains(.inputEnded) {
            endInput()
        } else if readiness.contains(.failed) || readiness.contains(.hungUp) {
            lose()
        }
        flags.remove(.busy)
        settle()
    }

    /// At the end of the turn, after a handler has answered outside of the connection's own.
    func settleNow() {
        flags.remove(.listed)
        settle()
    }

    func settleSoon() {
        guard !flags.contains(.busy), !flags.contains(.listed), phase != .closed else { return }
        flags.insert(.listed)
        server.settleLater(self)
    }

    /// Writes what is queued, goes on with what has waited, and has the loop wait for what comes next.
    private func settle() {
        flags.insert(.busy)
        flush()
        // Each round answers at least one request that had waited, or ends.
        while canResume, !hasHadTurn {
            resume()
            flush()
        }
        flags.remove(.busy)
        guard phase != .closed else { return }
        requestsInTurn = 0
        if canResume { settleSoon() }
        if phase == .head, !hasInput, !flags.contains(.inputWaits) {
            // The last answer is out, or on its way.
            if queuedBytes == 0 { return closeNow() }
            phase = .closing
        }
        updateInterest()
        if phase != .closed { updateDeadline() }
    }

    private var canResume: Bool {
        phase == .head && flags.contains(.inputWaits) && queuedBytes <= server.limits.pipelineQueuedBytesMax
    }

    /// Whether the system may have more to read.
    private var hasInput: Bool { flags.contains(.unread) || !flags.contains(.inputEnded) }

    private func updateInterest() {
        var wanted: Interest
        switch phase {
        case .head where flags.contains(.inputWaits): wanted = .hangUp
        case .head where queuedBytes > server.limits.pipelineQueuedBytesMax: wanted = .hangUp
        case .head, .body, .discarding, .lingering: wanted = hasInput ? .read : .hangUp
        case .handling, .streaming:
            // Nothing is read now, but the client's end shows as soon as nothing stands before it.
            let waits = flags.contains(.inputWaits) || flags.contains(.unread)
            wanted = flags.contains(.inputEnded) ? .hangUp : waits ? .inputEnd : .read
        case .closing: wanted = .hangUp
        case .closed: return
        }
        if queuedBytes > 0 { wanted.insert(.write) }
        guard wanted != interest, let registration else { return }
        do throws(SystemError) {
            try server.loop.setInterest(registration, wanted)
            interest = wanted
        } catch {
            lose()
        }
    }

    func updateDeadline() {
        let now = server.loop.now
        var next = Instant(nanoseconds: .max)
        switch phase {
        case .head: next = assembly?.deadline ?? (now + server.limits.idleTime)
        case .body, .discarding:
            if let assembly { next = min(assembly.deadline, assembly.progressDeadline) }
        case .lingering: next = patience
        case .handling, .streaming, .closing, .closed: break
        }
        if queuedBytes > 0 { next = min(next, patience) }
        deadline = next
        server.note(next)
        noteIdleness()
    }

    /// No request has begun, and the client has been sent all that was for it.
    private var isIdle: Bool {
        phase == .head && assembly == nil && input.isEmpty && queuedBytes == 0 && !flags.contains(.unread)
    }

    private func noteIdleness() {
        if isIdle {
            server.idle.append(self, in: server.connections)
        } else if idlePlace != nil {
            server.idle.remove(self, in: server.connections)
        }
    }

    /// Whether the system has bytes that were not read yet.
    var hasUnreadInput: Bool {
        if case .bytes = try? socket.peek() { true } else { false }
    }
}
