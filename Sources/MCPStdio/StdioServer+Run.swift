public import EventLoop
public import MCP
public import System

extension StdioServer {
    /// Serves the client on standard input and output until its input has ended and its requests are answered, until
    /// it takes no more answers, or until SIGTERM or SIGINT, of which a second one ends it at once. To be called before
    /// any thread is started.
    ///
    /// - Parameter time: what requests have that run when the input ends or a signal comes.
    public static func run(
        _ server: Server, on loop: EventLoop, finishingWithin time: TimeSpan = .seconds(5)
    ) throws(SystemError) {
        let signals: [Signal] = [.terminate, .interrupt]
        try Signal.prepareProcess(receiving: signals)
        var stdio: StdioServer?
        var isFinishing = false
        try loop.receive(signals) { _ in
            if isFinishing { return loop.stop() }
            isFinishing = true
            stdio?.drain(within: time)
        }
        stdio = try StdioServer(server, loop: loop) { event in
            switch event {
            case .inputEnded:
                guard !isFinishing else { return }
                isFinishing = true
                stdio?.drain(within: time)
            case .settled: if isFinishing { loop.stop() }
            case .gaveUp: break
            case .outputClosed: loop.stop()
            }
        }
        try loop.run()
        stdio?.close()
        stdio = nil
        loop.receiveNoSignals()
    }
}
