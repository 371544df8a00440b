import EventLoop
import System

/// One client's connection: its socket and its bytes. What becomes of them its state machine says. The server's table
/// owns it until it is closed; exchanges may keep it, emptied, for longer.
final class HTTPConnection {
    let server: HTTPServer
    let socket: TCPSocket
    /// How many were accepted before it, and itself.
    let number: Int64
    let peerAddress: [UInt8]
    let peerNetwork: Int64?
    var machine: HTTPConnectionStateMachine
    var registration: Registration?
    var slot: SlotID?
    /// Where it stands among the idle ones; nil when it is not idle.
    var idlePlace: IdleList.Place?
    /// A handler of the loop works on the connection and will settle it.
    private var isBusy = false
    /// It stands in the server's list of those to settle.
    private var isListed = false
    private var interest = Interest.read
    /// When the server has to look at the connection.
    var deadline = Instant.never
    /// The beginning of a head that has not come whole, or what came behind a request that is in progress.
    var input: [UInt8] = []
    /// A request that has not come whole.
    var assembly: PartialRequest?
    var output: [UInt8] = []
    /// How many bytes of `output` are written.
    var written = 0
    var onClose: (() -> Void)?
    var onInputEnd: (() -> Void)?

    init(_ server: HTTPServer, _ socket: TCPSocket) {
        self.server = server
        self.socket = socket
        machine = HTTPConnectionStateMachine(limits: server.sharedLimits)
        number = server.counters.accepted
        peerAddress = socket.peerAddress
        peerNetwork = PeerNetwork.number(of: peerAddress)
    }

    var queuedBytes: Int { output.count - written }

    /// - Parameter refused: all connections are taken: the client is told so.
    func start(refused: Bool) {
        if refused {
            findFault(.tooManyConnections(max: server.limits.connectionsMax))
            settleNow()
        } else {
            waitForNext()
        }
    }

    /// What the loop reports.
    func handle(_ readiness: Readiness) {
        isBusy = true
        if readiness.contains(.writable) { flush() }
        if readiness.contains(.readable) {
            read()
        } else if readiness.contains(.inputEnded) {
            endInput(machine.inputEndReported())
        } else if readiness.contains(.failed) || readiness.contains(.hungUp) {
            closeNow()
        }
        isBusy = false
        settle()
    }

    /// At the end of the turn, after a handler has answered outside of the connection's own.
    func settleNow() {
        isListed = false
        settle()
    }

    func settleSoon() {
        guard !isBusy, !isListed, !machine.isClosed else { return }
        isListed = true
        server.settleLater(self)
    }

    /// Writes what is queued, goes on with what has waited, and has the loop wait for what comes next.
    private func settle() {
        isBusy = true
        flush()
        // Each round answers at least one request that had waited, or ends.
        while machine.canResume(queuedBytes: queuedBytes) {
            resume()
            flush()
        }
        isBusy = false
        waitForNext()
    }

    private func waitForNext() {
        let now = server.loop.now
        switch machine.settled(queuedBytes: queuedBytes, now: now) {
        case .none: break
        case .close: release(tellingOwner: false)
        case .wait(let wait):
            if wait.resumesSoon { settleSoon() }
            guard setInterest(wait.interest) else { return closeNow() }
            deadline = wait.deadline
            server.note(deadline)
            if wait.isIdle {
                server.idle.append(self, in: server.connections)
            } else if idlePlace != nil {
                server.idle.remove(self, in: server.connections)
            }
        }
    }

    private func setInterest(_ wanted: Interest) -> Bool {
        guard wanted != interest, let registration else { return true }
        do throws(SystemError) {
            try server.loop.setInterest(registration, wanted)
            interest = wanted
            return true
        } catch {
            return false
        }
    }

    /// Called when `deadline` has come.
    func expire(_ now: Instant) {
        switch machine.deadlineReached(queuedBytes: queuedBytes, now: now) {
        case .none: settleSoon()
        case .refuse(let fault): refuse(fault)
        case .close: release(tellingOwner: false)
        case .closeSlowReader(let isAwaited): releaseSlowReader(tellingOwner: isAwaited)
        }
    }

    /// Whether the system has bytes that were not read yet.
    var hasUnreadInput: Bool {
        if case .bytes = try? socket.peek() { true } else { false }
    }
}
