import EventLoop
import Foundation
import HTTPClient
import HTTPTypes
import System
import Testing

extension ClientTests {
    @Test("a response comes with its status, its fields and its body")
    func plain() throws {
        let server = TestServer { head in
            response(
                "418 I'm a teapot", ["X-One: 1", "x-one:  two \t", "X-Head: \(head.utf8.count > 0)"],
                body: Array(head.utf8))
        }
        let outcome = try Harness().get(server.url("/a%20b"))
        let got = try outcome.response()
        #expect(got.status == 418)
        #expect(got.fields.values(of: "X-ONE") == ["1", "two"])
        let lines = String(decoding: got.body, as: UTF8.self).split(separator: "\r\n").map(String.init)
        #expect(lines.first == "GET /a%20b?api_key=SECRETKEY HTTP/1.1")
        #expect(lines.contains("Authorization: Bearer SECRETKEY"))
        #expect(lines.contains("Accept-Encoding: gzip"))
        #expect(lines.contains("Host: 127.0.0.1:\(server.port)"))
    }

    @Test("fields are sent as they are, also empty ones")
    func sentFields() throws {
        let server = TestServer { head in response(body: Array(head.utf8)) }
        let harness = try Harness()
        var fields = HTTPFields()
        fields.append("User-Agent", "test/1")
        fields.append("X-Empty", "")
        fields.append("X-Twice", "1")
        fields.append("X-Twice", "2; ü")
        var body = ""
        try #require(harness.client).send(HTTPRequest(url: server.url(), headers: fields)) { outcome in
            body = (try? outcome.response()).map { String(decoding: $0.body, as: UTF8.self) } ?? ""
            harness.loop.stop()
        }
        try harness.runToStop()
        for line in ["User-Agent: test/1", "X-Empty:", "X-Twice: 1", "X-Twice: 2; ü"] {
            #expect(body.contains("\r\n\(line)\r\n"))
        }
    }

    @Test("a request has the method and the body that it is given, and leaves nothing of them to the next one")
    func methods() throws {
        let server = TestServer { connection in
            while let head = connection.readHead() {
                connection.send(response("201 Created", body: Array(head.utf8) + connection.readBody(after: head)))
            }
        }
        let harness = try Harness()
        let fields = HTTPFields([HTTPField(name: "Content-Type", value: "application/json")])
        let body = #"{"a":"\u{0}ü"}"#
        for (method, sent) in [
            (HTTPMethod.post, body), (.delete, ""), (.get, ""), (.delete, body), (.post, ""), (.get, ""),
        ] {
            let headers = sent.isEmpty ? HTTPFields() : fields
            let request = HTTPRequest(url: server.url(), headers: headers, method: method, body: Array(sent.utf8))
            let got = try harness.get(request).response()
            #expect(got.status == 201)
            let text = String(decoding: got.body, as: UTF8.self)
            #expect(text.hasPrefix("\(method.name) /?"))
            #expect(text.hasSuffix("\r\n\r\n\(sent)"))
            #expect(text.contains("Content-Length: \(sent.utf8.count)\r\n") == (method != .get))
            #expect(text.contains("Content-Type: application/json\r\n") == !sent.isEmpty)
            #expect(!text.contains("Expect:") && !text.contains("urlencoded"))
        }
    }

    @Test("a request that is no GET is sent once, also where a kept connection has ended")
    func once() throws {
        let seen = Log()
        let server = TestServer { connection in
            while let head = connection.readHead() {
                seen.append(String(head.prefix { $0 != " " }))
                _ = connection.readBody(after: head)
                if head.hasPrefix("POST") { return }
                connection.send(response())
            }
        }
        let harness = try Harness()
        _ = try harness.get(server.url()).response()
        let outcome = try harness.get(HTTPRequest(url: server.url(), method: .post, body: [1]))
        #expect(outcome == .failure(.cutOff))
        _ = try harness.get(server.url()).response()
        #expect(seen.entries == ["GET", "POST", "GET"])
    }

    @Test("requests one after the other use one connection")
    func keepAlive() throws {
        let server = TestServer { _ in response(body: Array("ok".utf8)) }
        let harness = try Harness()
        for _ in 0..<5 {
            #expect(try harness.get(server.url()).response().body == Array("ok".utf8))
        }
        #expect(server.connections == 1)
    }

    @Test("a kept connection that the server has closed is replaced without a failure")
    func keptConnectionClosed() throws {
        let server = TestServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send(response(body: Array("ok".utf8)))
        }
        let harness = try Harness()
        for _ in 0..<3 {
            #expect(try harness.get(server.url()).response().status == 200)
        }
        #expect(server.connections == 3)
    }

    @Test("many requests at once are all answered, over few connections")
    func concurrent() throws {
        let server = TestServer { head in response(body: Array(head.utf8)) }
        let urls = (0..<50).map { server.url("/\($0)") }
        let outcomes = try Harness().getAll(urls)
        for (index, outcome) in outcomes.enumerated() {
            let body = String(decoding: try #require(outcome).response().body, as: UTF8.self)
            #expect(body.hasPrefix("GET /\(index)?"))
        }
        #expect((2...8).contains(server.connections))
    }

    @Test("a chunked body is put together, and an interim response is not the response")
    func chunked() throws {
        let server = TestServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Late: 1\r\n\r\n")
            connection.send("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")
        }
        let got = try Harness().get(server.url()).response()
        #expect(got.status == 200)
        #expect(got.body == Array("abcde".utf8))
        #expect(got.fields["x-early"] == nil)
        #expect(got.fields["x-late"] == "1")
    }

    @Test("a redirect is returned, not followed")
    func redirect() throws {
        let server = TestServer { _ in response("302 Found", ["Location: /elsewhere"]) }
        let got = try Harness().get(server.url()).response()
        #expect(got.status == 302)
        #expect(got.fields["location"] == "/elsewhere")
    }

    @Test("a completion may send the next request", arguments: [1, 20])
    func sendFromCompletion(rounds: Int) throws {
        let server = TestServer { _ in response() }
        let harness = try Harness()
        var done = 0
        func next() throws {
            try harness.send(server.url()) { outcome in
                #expect((try? outcome.response().status) == 200)
                done += 1
                if done == rounds { return harness.loop.stop() }
                do { try next() } catch { Issue.record(error) }
            }
        }
        try next()
        try harness.runToStop()
        #expect(done == rounds)
        #expect(server.connections == 1)
    }

    @Test("a cancelled request is never completed, and the others go on")
    func cancel() throws {
        let server = TestServer { connection in
            while let head = connection.readHead() {
                if head.hasPrefix("GET /silent") { continue }
                connection.send(response(body: Array("ok".utf8)))
            }
        }
        let harness = try Harness()
        let silent = try harness.send(server.url("/silent")) { _ in Issue.record("completed") }
        let immediate = try harness.send(server.url("/silent")) { _ in Issue.record("completed") }
        try #require(harness.client).cancel(immediate)
        #expect(try harness.get(server.url()).response().status == 200)
        try #require(harness.client).cancel(silent)
        try #require(harness.client).cancel(silent)
        #expect(try harness.get(server.url()).response().status == 200)
    }

    @Test("a completion may cancel the others, also those that have just ended")
    func cancelFromCompletion() throws {
        let server = TestServer { _ in response() }
        let harness = try Harness()
        var ids: [HTTPCallID] = []
        var completions = 0
        for _ in 0..<8 {
            ids.append(
                try harness.send(server.url()) { _ in
                    completions += 1
                    for id in ids { harness.client?.cancel(id) }
                    harness.loop.schedule(after: .milliseconds(20)) { harness.loop.stop() }
                })
        }
        try harness.runToStop()
        #expect(completions == 1)
    }

    @Test("a request that has ended keeps nothing of its completion", arguments: ["answered", "cancelled", "refused"])
    func release(end: String) throws {
        let server = TestServer { _ in response() }
        let harness = try Harness()
        var released = false
        func send() throws -> HTTPCallID {
            let canary = Canary { released = true }
            return try harness.send(end == "refused" ? "" : server.url()) { _ in
                withExtendedLifetime(canary) { harness.loop.stop() }
            }
        }
        let id = try send()
        if end == "cancelled" {
            try #require(harness.client).cancel(id)
        } else {
            try harness.runToStop()
        }
        #expect(released)
    }

    @Test("a client that goes completes nothing and leaves no descriptor and no timer", arguments: [true, false])
    func endClient(inCompletion: Bool) throws {
        let server = TestServer { connection in
            while let head = connection.readHead() {
                if head.hasPrefix("GET /silent") { continue }
                connection.send(response())
            }
        }
        let before = try openDescriptors()
        do {
            let harness = try Harness()
            for _ in 0..<3 {
                try harness.send(server.url("/silent")) { _ in Issue.record("completed") }
            }
            try harness.send(server.url()) { _ in
                if inCompletion { harness.endClient() }
                harness.loop.atEndOfTurn { harness.loop.stop() }
            }
            try harness.runToStop()
            harness.endClient()
            harness.loop.schedule(after: .milliseconds(5)) { harness.loop.stop() }
            try harness.runToStop()
        }
        // The server's threads close their ends when they see that the client's are closed.
        let deadline = Instant.readClock() + .seconds(60)
        while try openDescriptors() > before, Instant.readClock() < deadline {}
        #expect(try openDescriptors() <= before)
    }

    private func openDescriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            .filter { name in
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
                return target?.hasPrefix("socket:") == true
            }
            .count
    }
}
