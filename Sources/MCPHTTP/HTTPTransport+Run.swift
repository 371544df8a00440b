public import EventLoop
public import MCP
public import System

extension HTTPTransport {
    /// Serves clients until SIGTERM or SIGINT, of which a second one ends it at once. To be called before any thread is
    /// started.
    ///
    /// - Parameters:
    ///   - time: what requests have that run when the signal comes.
    ///   - onListening: called once, with the port, which the system chooses when the address has 0.
    public static func run(
        _ server: MCP.Server, on loop: EventLoop, at address: SocketAddress, configuration: HTTPTransportConfiguration,
        finishingWithin time: TimeSpan = .seconds(5), onListening: (_ port: UInt16) -> Void
    ) throws(SystemError) {
        let signals: [Signal] = [.terminate, .interrupt]
        try Signal.prepareProcess(receiving: signals)
        let transport = HTTPTransport(loop: loop, server: server, metrics: Metrics(), configuration: configuration)
        var isDraining = false
        try loop.receive(signals) { _ in
            if isDraining { return loop.stop() }
            isDraining = true
            loop.schedule(after: time) { loop.stop() }
            transport.drain { loop.stop() }
        }
        onListening(try transport.listen(on: address))
        try loop.run()
        transport.close()
        loop.receiveNoSignals()
    }
}
