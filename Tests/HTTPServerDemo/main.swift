import HTTPServer
import EventLoop
import System

/// Serves fixed answers and idle streams on 127.0.0.1:8099, to be measured.
enum Demo {
    static func run() throws(SystemError) {
        try Signal.prepareProcess(receiving: [])
        try ProcessLimits.raiseOpenFiles()
        let loop = try EventLoop()
        let json = ResponseFields([("Content-Type", "application/json")])
        let answer = Response(status: 200, json, text: "{\"ok\":true}\n")
        let stream = ResponseFields([("Content-Type", "text/event-stream")])
        var limits = HTTPServerLimits()
        limits.connectionsMax = 19_000
        let events = HTTPServer.Events(
            head: { _ in .accept },
            request: { head, _, writer in
                if head.pathIs("/stream") {
                    writer.startStream(200, stream)
                    writer.write { $0.append(contentsOf: "data: hello\n\n".utf8) }
                } else {
                    writer.respond(answer)
                }
            })
        let server = HTTPServer(loop: loop, limits: limits, events: events)
        guard let address = SocketAddress(host: "127.0.0.1", port: 8099) else { return }
        try server.listen(on: address)
        try loop.run()
    }
}

do throws(SystemError) { try Demo.run() } catch {}
