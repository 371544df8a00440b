import System
import EventLoop
import HTTPClient
import HTTPTypes

import Testing

extension ClientTests {
    @Test("a port on which nothing listens refuses the connection")
    func refused() throws {
        let port = TestServer.deadPort
        let failure = try Harness().get("http://127.0.0.1:\(port)/?api_key=SECRETKEY").failure()
        #expect(failure == .connectionRefused(host: "127.0.0.1", port: port))
    }

    @Test("a name that does not exist is not resolved")
    func unresolved() throws {
        let failure = try Harness().get("https://nothing.invalid/3/movie?api_key=SECRETKEY").failure()
        #expect(failure == .nameNotResolved(host: "nothing.invalid"))
    }

    @Test(
        "a URL that is malformed, or of another scheme, is refused before anything is sent",
        arguments: [
            ("", HTTPFailure.InvalidPart.url), ("api.example/3?k=SECRETKEY", .url), ("http://", .url),
            ("http://host:99999/SECRETKEY", .url), ("http://a b/SECRETKEY", .url), ("http://host/\nSECRETKEY", .url),
            ("http://host/\0SECRETKEY", .url), ("ftp://host/SECRETKEY", .scheme), ("file:///SECRETKEY", .scheme),
            ("nothing://host/SECRETKEY", .scheme),
        ])
    func invalidURL(url: String, part: HTTPFailure.InvalidPart) throws {
        #expect(try Harness().get(url).failure() == .invalidRequest(part))
    }

    @Test(
        "a header that would break its line is refused before anything is sent",
        arguments: [
            ("Authorization", "SECRETKEY\r\nX: y"), ("Authorization", "SECRETKEY\n"), ("X", "SECRETKEY\0"), ("", "x"),
            ("X Y", "x"), ("X:", "x"), ("X\r\nY", "x"), ("Ü", "x"),
        ])
    func invalidField(name: String, value: String) throws {
        let server = TestServer { _ in response() }
        let harness = try Harness()
        var outcome: Outcome?
        let fields = HTTPFields([HTTPField(name: name, value: value)])
        try #require(harness.client).send(HTTPRequest(url: server.url(), headers: fields)) {
            outcome = $0
            harness.loop.stop()
        }
        #expect(outcome == nil)
        try harness.runToStop()
        #expect(try outcome?.failure() == .invalidRequest(.field))
        #expect(server.connections == 0)
    }

    @Test("a request that cannot start may be cancelled")
    func cancelInvalid() throws {
        let harness = try Harness()
        let id = try harness.send("") { _ in Issue.record("completed") }
        try #require(harness.client).cancel(id)
        harness.loop.schedule(after: .milliseconds(5)) { harness.loop.stop() }
        try harness.runToStop()
    }

    @Test("requests over the limit fail at once, the others are answered")
    func busy() throws {
        let server = TestServer { _ in response() }
        let outcomes = try Harness().getAll((0..<257).map { _ in server.url() })
        for outcome in outcomes.prefix(256) {
            #expect(try outcome?.response().status == 200)
        }
        #expect(try outcomes.last??.failure() == .busy(requestsMax: 256))
    }

    @Test("a server that never answers is given up after the total time, and the next request is answered")
    func timeout() throws {
        let server = TestServer { connection in
            while let head = connection.readHead() {
                if head.hasPrefix("GET /silent") { continue }
                connection.send(response())
            }
        }
        let harness = try Harness { $0.totalTimeout = .milliseconds(120) }
        guard case .timedOut(.waiting, let milliseconds) = try harness.get(server.url("/silent")).failure() else {
            Issue.record("another failure")
            return
        }
        #expect(milliseconds >= 120)
        #expect(try harness.get(server.url()).response().status == 200)
    }

    @Test("a handshake that never ends is given up after the time for connecting")
    func connectTimeout() throws {
        let server = TestServer { connection in
            while connection.read() != nil {}
        }
        let harness = try Harness { $0.connectTimeout = .milliseconds(120) }
        guard
            case .timedOut(.handshake("127.0.0.1"), let milliseconds) = try harness.get(server.url(scheme: "https"))
                .failure()
        else {
            Issue.record("another failure")
            return
        }
        #expect(milliseconds >= 120)
    }

    @Test("requests that wait for a connection are given up after the total time too")
    func queuedTimeout() throws {
        let server = TestServer { connection in
            while connection.readHead() != nil {}
        }
        let harness = try Harness { $0.totalTimeout = .milliseconds(120) }
        let phases = try harness.getAll((0..<20).map { _ in server.url() }).map { outcome in
            guard case .timedOut(let phase, _)? = try outcome?.failure() else { return nil as HTTPFailure.Phase? }
            return phase
        }
        // Those that are given up first leave their connections to others, whose time may be up a moment later.
        #expect(phases.filter { $0 == .waiting }.count >= 8)
        #expect(phases.contains(.connecting))
        #expect(!phases.contains(nil))
    }

    @Test(
        "a response that ends early, or with broken framing, is cut off",
        arguments: [
            "", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n0\r\n\r\n",
        ])
    func cutOff(text: String) throws {
        let server = TestServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send(text)
        }
        #expect(try Harness().get(server.url()).failure() == .cutOff)
    }

    @Test("a connection that is reset in the middle of a body is cut off")
    func reset() throws {
        let server = TestServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            connection.resetAtClose()
        }
        #expect(try Harness().get(server.url()).failure() == .cutOff)
    }

    @Test(
        "what is not HTTP is a bad response",
        arguments: [
            "SSH-2.0-OpenSSH_9.2\r\n", "<html>hello</html>\n", "\0\u{1}\u{2}\u{3}\r\n\r\n", "RTSP/1.0 200 OK\r\n\r\n",
        ])
    func garbage(text: String) throws {
        let server = TestServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send(text)
        }
        #expect(try Harness().get(server.url()).failure() == .badResponse)
    }
}
