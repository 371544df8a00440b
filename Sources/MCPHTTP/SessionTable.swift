import MCP
import EventLoop
import System

/// The sessions of the legacy era. One that nobody has used for a while ends; of those with nothing connected, so many
/// are kept, the ones used last.
final class SessionTable {
    private let loop: EventLoop
    private let server: MCP.Server
    private let idleTime: TimeSpan
    private let limits: HTTPTransportLimits
    private let budget: EventLog.Budget
    private var sessions: [SessionID: HTTPSession] = [:]
    private var sweep: TimerID?
    private var lastNumber: Int64 = 0
    private(set) var expired: Int64 = 0

    init(loop: EventLoop, server: MCP.Server, idleTime: TimeSpan, limits: HTTPTransportLimits) {
        self.loop = loop
        self.server = server
        self.idleTime = idleTime
        self.limits = limits
        budget = EventLog.Budget(bytesMax: limits.allEventBytesMax)
    }

    var count: Int { sessions.count }

    var all: [HTTPSession] { Array(sessions.values) }

    /// The session that a request names, from now on used last.
    func find(_ id: SessionID) -> HTTPSession? {
        guard let session = sessions[id] else { return nil }
        session.lastUsed = loop.now
        return session
    }

    func open() throws(SystemError) -> HTTPSession {
        if sessions.count >= limits.idleSessionsMax { makeRoom() }
        let id = try SessionID()
        let loop = loop
        let core = Session(server: server) { [self] message in sessions[id]?.notify(message) }
        let log = EventLog(limits: limits, budget: budget)
        let session = HTTPSession(id, number: takeNumber(), core, log: log) { loop.now }
        sessions[id] = session
        sweepLater()
        return session
    }

    /// A number for one more session, whatever its transport: 1 or more.
    func takeNumber() -> Int64 {
        lastNumber += 1
        return lastNumber
    }

    func close(_ session: HTTPSession) {
        sessions[session.id] = nil
        session.close()
    }

    func closeAll() {
        for session in sessions.values { session.close() }
        sessions = [:]
        if let sweep { loop.cancel(sweep) }
        sweep = nil
    }

    /// Ends the tenth of the idle sessions that were used longest ago, when all of them are too many.
    private func makeRoom() {
        var idle = sessions.values.filter { $0.isIdle }
        guard idle.count >= limits.idleSessionsMax else { return }
        for _ in 0..<max(1, limits.idleSessionsMax / 10) {
            guard let oldest = idle.indices.min(by: { idle[$0].lastUsed < idle[$1].lastUsed }) else { break }
            close(idle[oldest])
            expired += 1
            idle.swapAt(oldest, idle.count - 1)
            idle.removeLast()
        }
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
                    close(session)
                    expired += 1
                }
            }
            sweepLater()
        }
    }
}
