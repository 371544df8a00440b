import TestSupport
import HTTPServer
import MCPHTTP
import JSON
import MCP
import System
import Testing

/// Who a request is from: a number for those who share a session or a connection, and the credential sent along.
struct CallerTests {
    private static let header = "X-Service-Key"

    private func bench(_ header: String? = header) throws -> Bench {
        let bench = try Bench()
        bench.configuration.forwardedHeader = header
        try bench.start()
        return bench
    }

    private static let modern =
        Bench.json + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: look\r\n"
    private static let modernCall = Bench.modernBody("tools/call", #""name":"look","arguments":{}"#)

    /// The caller of the call that was made last, which is answered.
    private func caller(_ bench: Bench, _ client: Client) throws -> Caller {
        let count = bench.tool.calls
        try bench.run { bench.tool.calls == count + 1 }
        bench.tool.finish(count)
        _ = try bench.whole(client)
        return bench.tool.requests[count].caller
    }

    @Test(
        "a request of the modern era carries the credential of its header, and none without",
        arguments: [
            ("X-Service-Key: secret\r\n", "secret"), ("x-service-KEY:secret \r\n", "secret"), ("", nil),
            ("X-Service-Key:\r\n", nil), ("X-Other-Key: secret\r\n", nil), ("X-Service-Key: a b\r\n", "a b"),
            ("X-Service-Key: \u{FC}\r\n", "\u{FC}"),
        ] as [(String, String?)])
    func modern(field: String, credential: String?) throws {
        let bench = try bench()
        let client = try bench.send("POST", "/mcp", Self.modern + field, Self.modernCall)
        #expect(try caller(bench, client).forwardedHeader == credential)
    }

    @Test("each request of a session carries its own credential, or none")
    func session() throws {
        let bench = try bench()
        let session = try bench.open()
        for key in ["one", "two", nil] {
            let field = key.map { "X-Service-Key: \($0)\r\n" } ?? ""
            let client = try bench.post(Bench.call(), session: session, Bench.json + field)
            #expect(try caller(bench, client).forwardedHeader == key)
        }
    }

    @Test(
        "a trusted proxy tells clients apart, anybody else does not",
        arguments: [
            (["127.0.0.0/8"], "203.0.113.9", PeerNetwork.number(of: [203, 0, 113, 9])),
            (["127.0.0.0/8"], "198.51.100.1, 203.0.113.9", PeerNetwork.number(of: [203, 0, 113, 9])),
            (["127.0.0.0/8"], "unknown", nil), (["127.0.0.0/8"], "127.0.0.1", nil),
            (["10.0.0.0/8"], "203.0.113.9", nil),
            ([], "203.0.113.9", nil),
        ])
    func forwardedFor(trusted: [String], field: String, network: Int64?) throws {
        let bench = try Bench()
        bench.configuration.trustedProxies = trusted.compactMap { IPNetwork($0) }
        try bench.start()
        let client = try bench.send("POST", "/mcp", Self.modern + "X-Forwarded-For: \(field)\r\n", Self.modernCall)
        let caller = try caller(bench, client)
        #expect(caller.id == (network.map { Int64.min + $0 } ?? caller.member))
    }

    @Test("each message of the old transport carries its own credential, or none")
    func oldTransport() throws {
        let bench = try bench()
        let stream = try bench.send("GET", "/mcp/sse", "Accept: text/event-stream\r\n")
        try bench.run { !stream.events.isEmpty }
        let path = try #require(stream.events.first?.data)
        _ = try bench.whole(bench.send("POST", path, Bench.json, Bench.initialize("2024-11-05")))
        var callers: [Caller] = []
        for key in ["one", "two", nil] {
            let field = key.map { "X-Service-Key: \($0)\r\n" } ?? ""
            callers.append(try caller(bench, bench.send("POST", path, Bench.json + field, Bench.call())))
        }
        #expect(callers.map(\.forwardedHeader) == ["one", "two", nil])
        #expect(Set(callers.map(\.id)).count == 1)
    }

    @Test("a header sent twice is refused, and does not reach the tool")
    func repeated() throws {
        let bench = try bench()
        let fields = Self.modern + "X-Service-Key: first-key\r\nX-Service-Key: second-key\r\n"
        let response = try bench.whole(bench.send("POST", "/mcp", fields, Self.modernCall))
        #expect(response.status == 400)
        #expect(bench.tool.calls == 0)
        #expect(!response.body.contains("first-key") && !response.body.contains("second-key"))
    }

    @Test("without a name for the header there is no credential")
    func unnamed() throws {
        let bench = try bench(nil)
        let client = try bench.send("POST", "/mcp", Self.modern + "X-Service-Key: secret\r\n", Self.modernCall)
        #expect(try caller(bench, client).forwardedHeader == nil)
    }

    @Test("a caller's description hides its credential")
    func description() {
        let caller = Caller(id: 1, forwardedHeader: "secret")
        #expect(!"\(caller)\(String(reflecting: caller))".contains("secret"))
    }

    @Test("a session is one caller over many connections, and a connection is one without a session")
    func numbers() throws {
        let bench = try bench()
        // The first connection.
        var ids = [try caller(bench, bench.send("POST", "/mcp", Self.modern, Self.modernCall)).id]
        for _ in 0..<3 {
            let session = try bench.open()
            let first = try caller(bench, bench.post(Bench.call(), session: session)).id
            #expect(try caller(bench, bench.post(Bench.call(), session: session)).id == first)
            ids.append(first)
        }
        for _ in 0..<2 {
            let client = try bench.client()
            for _ in 0..<2 {
                let count = bench.tool.calls
                try client.send(Bench.text("POST", "/mcp", Self.modern, Self.modernCall))
                try bench.run { bench.tool.calls == count + 1 }
                bench.tool.finish(count)
                ids.append(bench.tool.requests[count].caller.id)
            }
        }
        #expect(ids[4] == ids[5] && ids[6] == ids[7])
        #expect(Set(ids).count == 6)
        #expect(!ids.contains(Caller.local.id))
    }

    @Test("a page of an allowed origin may send the header")
    func preflight() throws {
        let bench = try bench()
        let fields =
            "Origin: http://localhost:3000\r\nAccess-Control-Request-Method: POST\r\n"
            + "Access-Control-Request-Headers: content-type, x-service-key\r\n"
        let response = try bench.whole(bench.send("OPTIONS", "/mcp", fields))
        #expect(response.status == 204)
        #expect(response.fields["access-control-allow-headers"]?.contains("x-service-key") == true)
    }

    @Test("a network is one caller, and its sessions and connections are its members")
    func network() {
        let one = HTTPTransport.callerNumbers(network: 5, session: nil, connection: 1)
        let other = HTTPTransport.callerNumbers(network: 5, session: 2, connection: 9)
        #expect(one.id == other.id)
        #expect(one.member != other.member)
        #expect(HTTPTransport.callerNumbers(network: 5, session: 2, connection: 8) == other)
        let ids = [
            HTTPTransport.callerNumbers(network: 6, session: nil, connection: 1).id,
            HTTPTransport.callerNumbers(network: nil, session: nil, connection: 5).id,
            HTTPTransport.callerNumbers(network: nil, session: 5, connection: 5).id,
            HTTPTransport.callerNumbers(network: nil, session: 5, connection: 6).id,
        ]
        #expect(Set(ids + [one.id, Caller.local.id]).count == 5)
    }
}
