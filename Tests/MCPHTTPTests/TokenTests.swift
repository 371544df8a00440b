import MCPHTTP
import MCP

import Testing

/// A token that changes while the server runs.
struct TokenTests {
    private static func fields(_ token: String) -> String { "Authorization: Bearer \(token)\r\n\(Bench.json)" }

    @Test("a token that is replaced lets nobody in any more, and what has begun goes on")
    func replaced() throws {
        let bench = try Bench()
        bench.configuration.token = Array("first".utf8)
        try bench.start()
        func status(_ token: String) throws -> Int {
            try bench.whole(bench.modern("server/discover", "", Self.fields(token))).status
        }
        let stream = try bench.modern(
            "subscriptions/listen", #""notifications":{"toolsListChanged":true}"#, Self.fields("first"))
        try bench.run { stream.events.count == 1 }
        #expect(try status("first") == 200)
        #expect(try status("second") == 401)
        bench.transport?.replaceToken(Array("second".utf8))
        #expect(try status("first") == 401)
        #expect(try status("second") == 200)
        bench.server.changes.publish(.tools)
        try bench.run { stream.events.count == 2 }
        bench.transport?.replaceToken([])
        #expect(try status("") == 401)
        #expect(try status("second") == 200)
    }

    @Test("whoever keeps the token is asked before one is judged, and urgently before one is refused")
    func refreshed() throws {
        let bench = try Bench()
        bench.configuration.token = Array("first".utf8)
        var asked: [Bool] = []
        bench.configuration.refreshToken = { [unowned bench] isUrgent in
            asked.append(isUrgent)
            if isUrgent { bench.transport?.replaceToken(Array("second".utf8)) }
        }
        try bench.start()
        #expect(try bench.whole(bench.modern("server/discover", "", Self.fields("first"))).status == 200)
        #expect(asked == [false])
        #expect(try bench.whole(bench.modern("server/discover", "", Self.fields("second"))).status == 200)
        #expect(asked == [false, false, true])
        #expect(try bench.whole(bench.send("GET", "/health", "")).status == 200)
        #expect(asked.count == 3)
    }
}
