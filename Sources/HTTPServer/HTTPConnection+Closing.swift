import EventLoop
import System

extension HTTPConnection {
    /// The server stops.
    func shutDown() {
        switch machine.shutdownRequested(queuedBytes: queuedBytes) {
        case .none: break
        case .settle: settleSoon()
        case .close: release(tellingOwner: false)
        }
    }

    /// The client has disconnected, or is given up.
    func closeNow() {
        if case .close(let isAwaited) = machine.connectionLost() { release(tellingOwner: isAwaited) }
    }

    func releaseSlowReader(tellingOwner tells: Bool) {
        server.counters.slowReaders += 1
        release(tellingOwner: tells)
    }

    /// Gives everything back. The machine is closed.
    /// - Parameter tells: the owner of a response that has not ended.
    func release(tellingOwner tells: Bool) {
        if let registration { server.loop.deregister(registration) }
        registration = nil
        socket.close()
        server.idle.remove(self, in: server.connections)
        if let slot { server.connections.remove(slot) }
        slot = nil
        input = []
        output = []
        written = 0
        dropAssembly()
        deadline = .never
        let action = onClose
        releaseActions()
        if tells { action?() }
        server.noteClosed()
    }

    func releaseActions() {
        onClose = nil
        onInputEnd = nil
    }
}
