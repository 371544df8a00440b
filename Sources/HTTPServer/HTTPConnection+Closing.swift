import EventLoop
import System

extension HTTPConnection {
    /// The server stops: a connection without a request ends, one with a request after its answer.
    func drain() {
        guard phase == .head, assembly == nil, input.isEmpty, !flags.contains(.unread) else { return }
        // The client of a stream that has just ended has sent nothing more.
        if queuedBytes > 0 { closeWhenWritten(lingering: !flags.contains(.chunked)) } else { closeNow() }
    }

    /// Closes after what is queued. When lingering, the client's bytes are read until it ends too, so that it gets the
    /// answer: a socket closed with bytes unread resets the connection (RFC 9112 section 9.6).
    func closeWhenWritten(lingering: Bool) {
        if lingering { flags.insert(.lingers) }
        phase = .closing
        settleSoon()
    }

    /// All that was to be written is written.
    func finishClosing() {
        guard flags.contains(.lingers), !flags.contains(.inputEnded) else { return closeNow() }
        socket.endOutput()
        phase = .lingering
        patience = server.loop.now + server.limits.lingerTime
    }

    /// The client has disconnected, or is given up.
    func lose() {
        closeNow()
    }

    func loseSlowReader() {
        server.counters.slowReaders += 1
        closeNow()
    }

    /// Closes and gives everything back. Tells the owner of a response that has not ended.
    func closeNow() {
        guard phase != .closed else { return }
        let isAwaited = phase == .handling || phase == .streaming
        phase = .closed
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
        deadline = Instant(nanoseconds: .max)
        let action = onClose
        releaseActions()
        if isAwaited { action?() }
        server.noteClosed()
    }

    /// Called when `deadline` has come.
    func expire(_ now: Instant) {
        if queuedBytes > 0 && patience <= now { return loseSlowReader() }
        switch phase {
        case .head:
            if assembly == nil { return closeNow() }
            dropAssembly()
            refuse(.headTooSlow(server.limits.headTime))
        case .body:
            guard isTooSlow(now) else { break }
            dropAssembly()
            refuse(.bodyTooSlow(server.limits.bodyTime))
        case .discarding:
            if isTooSlow(now) { return closeNow() }
        case .lingering, .closing: return closeNow()
        case .handling, .streaming, .closed: break
        }
        settleSoon()
    }

    private func isTooSlow(_ now: Instant) -> Bool {
        guard let assembly, assembly.deadline > now else { return true }
        guard assembly.progressDeadline <= now else { return false }
        guard assembly.progressBytes >= server.limits.bodyProgressBytesMin else { return true }
        assembly.progressBytes = 0
        assembly.progressDeadline = now + server.limits.bodyProgressTime
        return false
    }

    func releaseActions() {
        onClose = nil
        onInputEnd = nil
    }
}
