import HTTPTransport
import MCP
import EventLoop
import System

/// Serves clients on 127.0.0.1 until SIGTERM, without a token. Port 0 takes any that is free.
final class HTTPService {
    private let loop: EventLoop
    private let port: UInt16
    private let transport: HTTPTransport

    init(_ server: Server, _ loop: EventLoop, port: UInt16) {
        self.loop = loop
        self.port = port
        let configuration = HTTPTransportConfiguration(name: "conformance-server", token: nil)
        transport = HTTPTransport(loop: loop, server: server, metrics: Metrics(), configuration: configuration)
    }

    func run() throws(SystemError) {
        try loop.receive([.terminate]) { [self] _ in transport.drain { [loop] in loop.stop() } }
        guard let address = SocketAddress(host: "127.0.0.1", port: port) else { return }
        Process.log("listening on http://127.0.0.1:\(try transport.listen(on: address))/mcp")
        try loop.run()
    }
}
