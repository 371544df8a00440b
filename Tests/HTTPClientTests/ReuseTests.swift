import EventLoop
import HTTPClient
import HTTPTypes
import System
import Testing

// What one request leaves behind for the next one: connections, and nothing else.
extension ClientTests {
    @Test("a request sends none of the fields of those before it, and none of their URLs")
    func fieldsOfOthers() throws {
        let heads = Log()
        let server = TestServer { head in
            heads.append(head)
            return response()
        }
        let harness = try Harness()
        let fields = [
            [HTTPField(name: "Authorization", value: "Bearer SECRETKEY"), HTTPField(name: "X-First", value: "1")],
            [HTTPField(name: "Authorization", value: "Bearer another")],
            [],
            [HTTPField(name: "Authorization", value: "Bearer SECRETKEY"), HTTPField(name: "X-First", value: "1")],
        ]
        for (number, fields) in fields.enumerated() {
            let url = "http://127.0.0.1:\(server.port)/\(number)?key=\(number)"
            _ = try harness.get(HTTPRequest(url: url, headers: HTTPFields(fields))).response()
        }
        #expect(server.connections == 1)
        for (number, head) in heads.entries.enumerated() {
            #expect(head.hasPrefix("GET /\(number)?key=\(number) HTTP/1.1\r\n"))
            let sent = head.split(separator: "\r\n").filter { $0.hasPrefix("Authorization") || $0.hasPrefix("X-") }
            #expect(sent.map { String($0) } == fields[number].map { "\($0.name): \($0.value)" })
        }
    }

    @Test("each request that fails has a failure of its own, whatever came before it")
    func failuresOfOthers() throws {
        let server = TestServer { _ in response() }
        let silent = TestServer { connection in _ = connection.readHead() }
        let harness = try Harness()
        let dead = TestServer.deadPort
        let noTLS = TestServer { connection in connection.send("hello, this is no TLS\r\n") }
        for _ in 0..<3 {
            #expect(try harness.get(server.url()).response().status == 200)
            #expect(
                try harness.get("http://127.0.0.1:\(dead)/").failure()
                    == .connectionRefused(host: "127.0.0.1", port: dead))
            #expect(try harness.get(silent.url()).failure() == .cutOff)
            let refused = try harness.get(noTLS.url(scheme: "https")).failure()
            #expect(refused == .tls(.noTLS(port: noTLS.port), host: "127.0.0.1"))
            #expect(try harness.get("http://127.0.0.1:99999/").failure() == .invalidRequest(.url))
        }
    }

    @Test("a host or a port of its own is asked, also right after a URL that begins alike")
    func originsOfOthers() throws {
        let first = TestServer { _ in response(body: [1]) }
        let second = TestServer { _ in response(body: [2]) }
        let harness = try Harness()
        for _ in 0..<2 {
            #expect(try harness.get("http://127.0.0.1:\(first.port)/a").response().body == [1])
            #expect(try harness.get("http://127.0.0.1:\(second.port)/a").response().body == [2])
        }
        #expect(try harness.get("http://127.0.0.1:\(first.port)/a b").failure() == .invalidRequest(.url))
        #expect(try harness.get("http://127.0.0.1:\(first.port)/\u{7F}").failure() == .invalidRequest(.url))
    }

    @Test("a request is answered whole after others were cancelled at any time")
    func afterCancelling() throws {
        let server = TestServer { head in response(body: Array(head.utf8)) }
        let harness = try Harness()
        for round in 0..<20 {
            var cancelled: [HTTPCallID] = []
            for number in 0..<6 {
                cancelled.append(try harness.send(server.url("/no/\(round)/\(number)")) { _ in })
            }
            if round % 2 == 1 { for id in cancelled { harness.client?.cancel(id) } }
            let body = try harness.get(server.url("/\(round)")).response().body
            #expect(String(decoding: body, as: UTF8.self).hasPrefix("GET /\(round)?api_key=SECRETKEY HTTP/1.1\r\n"))
            for id in cancelled { harness.client?.cancel(id) }
        }
    }

    @Test("a kept connection that the server closes is reported once, and no more to a loop that has nothing to do")
    func closedWhileKept() throws {
        let server = TestServer { connection in
            if connection.readHead() != nil { connection.send(response()) }
        }
        var readings = 0
        let loop = try EventLoop {
            readings += 1
            return Instant.readClock()
        }
        let client = try HTTPClient(loop: loop, configuration: HTTPClientConfiguration())
        for _ in 0..<3 {
            var status: Int?
            client.send(HTTPRequest(url: server.url())) {
                status = try? $0.get().status
                loop.stop()
            }
            try loop.run()
            #expect(status == 200)
            // More than enough for the end of the connection, which the server closes right after its answer.
            let before = readings
            loop.schedule(after: .milliseconds(100)) { loop.stop() }
            try loop.run()
            #expect(readings - before < 100)
        }
        #expect(server.connections == 3)
    }
}
