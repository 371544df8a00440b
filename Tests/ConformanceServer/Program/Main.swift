import ConformanceFixtures
import EventLoop
import MCP
import MCPHTTP
import MCPStdio
import System

@main
enum Main {
    static func main() {
        let arguments = Array(ProcessArguments.read().dropFirst())
        do throws(SystemError) {
            let loop = try EventLoop()
            let key = try SystemRandom.bytes(count: StateSeal.keyBytes)
            let server = ConformanceFixtures.makeServer(loop: loop, sealKey: key)
            if arguments == ["--stdio"] {
                try StdioServer.run(server, on: loop)
            } else if arguments.count == 2, arguments[0] == "--port", let port = UInt16(arguments[1]) {
                try serveHTTP(server, loop, port: port)
            } else {
                Process.log("Use: conformance-server (--stdio | --port NUMBER)")
                Process.exit(2)
            }
        } catch {
            Process.log("the system refused what the server needs: \(error.message)")
            Process.exit(1)
        }
        Process.exit(0)
    }

    /// Serves clients on 127.0.0.1, without a token. Port 0 takes any that is free.
    private static func serveHTTP(_ server: Server, _ loop: EventLoop, port: UInt16) throws(SystemError) {
        guard let address = SocketAddress(host: "127.0.0.1", port: port) else { return }
        let configuration = HTTPTransportConfiguration(name: "conformance-server", token: nil)
        try HTTPTransport.run(server, on: loop, at: address, configuration: configuration) { port in
            Process.log("listening on http://127.0.0.1:\(port)/mcp")
        }
    }
}
