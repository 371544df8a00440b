import MCP
import EventLoop
import System

/// The sessions of the legacy era. One that nobody has used for a while ends; of those with nothing connected, so many
/// are kept, the ones used last. What is not kept is made of its id when a request names it, as is a session of another
/// process with the same key; those that have ended are not.
final class SessionTable {
    private let loop: EventLoop
    let server: MCP.Server
    private let idleTime: TimeSpan
    private let limits: HTTPTransportLimits
    private let budget: EventLog.Budget
    private var sessions: [UInt64: HTTPSession] = [:]
    /// The nonces of those that have ended, the next to be forgotten at `nextEnded`; empty before the first.
    private var ended: [Int64] = []
    private var nextEnded = 0
    /// Nil when the system had no random bytes for a key.
    private var seal: SessionSeal?
    private var sweep: TimerID?
    private var lastNumber: Int64 = 0
    private(set) var expired: Int64 = 0
    private(set) var restored: Int64 = 0

    /// - Parameter secret: what the ids are sealed by; nil for something random.
    init(
        loop: EventLoop, server: MCP.Server, idleTime: TimeSpan, limits: HTTPTransportLimits, secret: [UInt8]?
    ) {
        self.loop = loop
        self.server = server
        self.idleTime = idleTime
        self.limits = limits
        budget = EventLog.Budget(bytesMax: limits.allEventBytesMax)
        seal = try? SessionSeal(secret: secret)
    }

    var count: Int { sessions.count }

    func forEach(_ body: (HTTPSession) -> Void) {
        for session in sessions.values { body(session) }
    }

    /// The session that a request names, from now on used last.
    func find(_ id: SessionID) -> HTTPSession? {
        guard let session = sessions[id.nonce] else { return restore(id) }
        guard session.id == id else { return nil }
        session.lastUsed = loop.now
        return session
    }

    /// A session that has settled nothing yet: `settle` gives it its id, or `close` ends it.
    func open() throws(SystemError) -> HTTPSession {
        add(try SystemRandom.word(), nil)
    }

    func settle(_ session: HTTPSession) { session.id = id(nonce: session.nonce, session.core.settled) }

    /// An id for a session of another transport.
    @inline(never)  // would be copied with the code into each transport
    func id(nonce: UInt64, _ settled: Session.Settled?) -> SessionID? {
        seal?.id(nonce: nonce, settled, now: SessionTable.now)
    }

    /// What the session of an id has settled, if it was sealed with our key and has not ended.
    func settled(_ id: SessionID) -> Session.Settled? {
        ended.contains(Int64(bitPattern: id.nonce)) ? nil : seal?.settled(id, now: SessionTable.now)
    }

    /// From now on ids are sealed by this. Sessions that are here keep theirs.
    func replaceSecret(_ secret: [UInt8]) { seal = try? SessionSeal(secret: secret) }

    private func restore(_ id: SessionID) -> HTTPSession? {
        guard let settled = settled(id) else { return nil }
        let session = add(id.nonce, settled)
        session.id = id
        restored += 1
        return session
    }

    /// - Parameter settled: in a session of another process.
    private func add(_ nonce: UInt64, _ settled: Session.Settled?) -> HTTPSession {
        if sessions.count >= limits.idleSessionsMax { makeRoom() }
        let core = Session(server: server, settled: settled) { [self] message in sessions[nonce]?.notify(message) }
        // Above all numbers that the other has given out, unless it gave out more than one each second.
        let start = settled == nil ? 0 : UInt32(truncatingIfNeeded: SessionTable.now)
        let loop = loop
        let log = EventLog(limits: limits, budget: budget)
        let session = HTTPSession(nonce: nonce, number: takeNumber(), core, start: start, log: log) { loop.now }
        sessions[nonce] = session
        sweepLater()
        return session
    }

    /// Seconds since 1970.
    private static var now: Int64 { CalendarClock.nanosecondsSince1970() / 1_000_000_000 }

    /// A number for one more session, whatever its transport: 1 or more.
    func takeNumber() -> Int64 {
        lastNumber += 1
        return lastNumber
    }

    /// Ends the session for good.
    func terminate(_ session: HTTPSession) {
        if ended.isEmpty { ended = [Int64](repeating: 0, count: MCPHTTPLimits.endedSessionsMax) }
        ended[nextEnded] = Int64(bitPattern: session.nonce)
        nextEnded = (nextEnded + 1) % MCPHTTPLimits.endedSessionsMax
        close(session)
    }

    /// Keeps it no longer.
    func close(_ session: HTTPSession) {
        sessions[session.nonce] = nil
        session.close()
    }

    func closeAll() {
        for session in sessions.values { session.close() }
        sessions = [:]
        if let sweep { loop.cancel(sweep) }
        sweep = nil
    }

    /// Lets go of the idle session that was used longest ago, when they are too many.
    private func makeRoom() {
        var idle = 0
        var oldest: HTTPSession?
        for session in sessions.values where session.isIdle {
            idle += 1
            if let known = oldest, known.lastUsed <= session.lastUsed { continue }
            oldest = session
        }
        guard idle >= limits.idleSessionsMax, let oldest else { return }
        close(oldest)
        expired += 1
    }

    private func sweepLater() {
        guard sweep == nil, !sessions.isEmpty else { return }
        sweep = loop.schedule(after: limits.sweepInterval) { [self] in
            sweep = nil
            let now = loop.now
            for session in sessions.values {
                session.dropEvents(before: now + TimeSpan(nanoseconds: -limits.eventTime.nanoseconds))
                // What runs without a client for so long, such as a question that nobody answers, ends too.
                guard !session.isConnected else {
                    session.lastUsed = now
                    continue
                }
                if session.lastUsed + idleTime <= now {
                    terminate(session)
                    expired += 1
                }
            }
            sweepLater()
        }
    }
}
