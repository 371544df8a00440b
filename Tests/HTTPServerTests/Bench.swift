import TestSupport
import HTTPServer
import EventLoop
import System
import Testing

/// A server on a loop, what its handlers were told, and clients on the loopback, all on one thread.
final class Bench {
    let loop: EventLoop
    /// Set before `start`.
    var limits = HTTPServerLimits()
    var onHead: (RequestHead) -> RequestDecision = { _ in .accept }
    /// What a request gets; by default its method, path and body.
    var onRequest: (RequestHead, [UInt8], ResponseWriter) -> Void = { head, body, writer in
        writer.respond(200) { $0.append(contentsOf: "\(head.method) \(head.path) ".utf8 + body) }
    }
    private(set) var requests: [String] = []
    private(set) var server: HTTPServer?
    private(set) var port: UInt16 = 0

    /// - Parameter clock: the loop's, where a test moves the time by hand, between runs.
    init(clock: @escaping () -> Instant = Instant.readClock) throws {
        try Signal.prepareProcess(receiving: [])
        loop = try EventLoop(clock: clock)
        // Deadlines of tests are short.
        limits.sweepInterval = .milliseconds(10)
    }

    deinit {
        server?.closeAll()
    }

    func start(sendBufferBytes: Int32? = nil) throws {
        let events = HTTPServer.Events(
            head: { [unowned self] in onHead($0) },
            request: { [unowned self] head, body, writer in
                let bytes = body.withUnsafeBufferPointer { Array($0) }
                requests.append("\(head.method) \(head.path) \(bytes.count)")
                onRequest(head, bytes, writer)
            })
        let server = HTTPServer(loop: loop, limits: limits, events: events)
        self.server = server
        let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        port = try server.listen(on: address, sendBufferBytes: sendBufferBytes)
    }

    func client(receiveBufferBytes: Int32? = nil) throws -> Client {
        try Client(port: port, receiveBufferBytes: receiveBufferBytes)
    }

    /// Sends the text on a new connection, ends the client's output if asked to, and returns all that comes back.
    func answer(_ text: String, halfClosing: Bool = false) throws -> String {
        let client = try client()
        try client.send(text)
        if halfClosing { client.endOutput() }
        try run { client.hasEnded }
        return client.text
    }

    /// Runs turns until the condition holds; it is asked after each.
    func run(_ location: SourceLocation = #_sourceLocation, until isDone: @escaping () -> Bool) throws {
        let deadline = Instant.readClock() + .seconds(30)
        poll {
            if isDone() { return true }
            guard Instant.readClock() > deadline else { return false }
            Issue.record("nothing came of it; requests \(self.requests)", sourceLocation: location)
            return true
        }
        try loop.run()
    }

    func run(turns: Int) throws {
        var left = turns
        try run {
            left -= 1
            return left < 0
        }
    }

    private func poll(_ isDone: @escaping () -> Bool) {
        loop.atEndOfTurn { [unowned self] in
            if isDone() { loop.stop() } else { poll(isDone) }
        }
    }
}
