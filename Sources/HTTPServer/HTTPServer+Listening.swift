import EventLoop
package import System

extension HTTPServer {
    /// A socket that is listened on, and its place in the loop.
    final class Listening {
        let listener: TCPListener
        var registration: Registration?
        var retry: TimerID?

        init(_ listener: TCPListener) {
            self.listener = listener
        }
    }

    /// Accepts connections at the address; several may be listened on.
    /// - Parameter sendBufferBytes: the kernel's buffer for each connection; nil leaves it to the kernel.
    /// - Returns: the port, which the system has chosen when the address's was 0.
    @discardableResult
    package func listen(on address: SocketAddress, sendBufferBytes: Int32? = nil) throws(SystemError) -> UInt16 {
        let listening = Listening(try TCPListener(address, sendBufferBytes: sendBufferBytes))
        listening.registration = try loop.register(listening.listener.number, .read) { [self] _ in accept(listening) }
        listeners.append(listening)
        return listening.listener.port
    }

    /// Closes what is listened on; connections stay.
    package func stopAccepting() {
        for listening in listeners {
            if let registration = listening.registration { loop.deregister(registration) }
            if let retry = listening.retry { loop.cancel(retry) }
        }
        listeners = []
    }

    private func accept(_ listening: Listening) {
        for _ in 0..<HTTPParserLimits.acceptsPerTurnMax {
            switch listening.listener.accept() {
            case .accepted(let socket): open(socket)
            case .aborted: continue
            case .turnedAway: counters.turnedAway += 1
            case .wouldBlock: return
            case .exhausted: return rest(listening)
            }
        }
    }

    /// Accepting again at once would fail again at once.
    private func rest(_ listening: Listening) {
        guard let registration = listening.registration, pause(registration) else { return }
        listening.retry = loop.schedule(after: HTTPParserLimits.acceptRetry) { [self] in
            listening.retry = nil
            do throws(SystemError) {
                try loop.setInterest(registration, .read)
            } catch {
                rest(listening)
            }
        }
    }

    private func pause(_ registration: Registration) -> Bool {
        do throws(SystemError) {
            try loop.setInterest(registration, [])
            return true
        } catch {
            // epoll lets go of what it has at any time.
            return false
        }
    }

    private func open(_ socket: TCPSocket) {
        counters.accepted += 1
        let isRefused = connections.count >= limits.connectionsMax && !makeRoom()
        if isRefused {
            counters.turnedAway += 1
            guard connections.count - limits.connectionsMax < HTTPParserLimits.refusalsMax else {
                return socket.close()
            }
        }
        let connection = HTTPConnection(self, socket)
        connection.slot = connections.insert(connection)
        do throws(SystemError) {
            connection.registration = try loop.register(socket.number, .read) { readiness in
                connection.handle(readiness)
            }
        } catch {
            counters.turnedAway += 1
            connection.closeNow()
            return
        }
        connection.start(refused: isRefused)
    }

    /// Closes the connection that has been idle for longest. False when none is.
    private func makeRoom() -> Bool {
        var next = idle.oldest
        for _ in 0..<HTTPParserLimits.evictionTriesMax {
            guard let slot = next, let connection = connections[slot] else { return false }
            next = connection.idlePlace?.newer
            // Its next request may have come in this very turn.
            guard !connection.hasUnreadInput else { continue }
            counters.evicted += 1
            connection.closeNow()
            return true
        }
        return false
    }
}
