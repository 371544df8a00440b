import TestSupport
import System
import MCPHTTP
import JSON
import MCP

import Testing

/// The headers that repeat the body, 2026-07-28.
struct ModernHeaderTests {
    static let version = "MCP-Protocol-Version: 2026-07-28\r\n"
    static let call = "Mcp-Method: tools/call\r\nMcp-Name: look\r\n"

    static let headerTable: [(fields: String, code: Int64?)] = [
        ("", -32020),
        (version, -32020),
        (version + "Mcp-Method: tools/call\r\n", -32020),
        (version + "Mcp-Method: tools/list\r\nMcp-Name: look\r\n", -32020),
        (version + "Mcp-Method: tools/call\r\nMcp-Name: Look\r\n", -32020),
        ("MCP-Protocol-Version: 2025-11-25\r\n" + call, -32020),
        (version + "Mcp-Method: tools/call\r\nMcp-Name: =?base64?bG9v?=\r\n", -32020),
        (version + "Mcp-Method: tools/call\r\nMcp-Name: =?base64?bG9va?=\r\n", -32020),
        (version + call, nil),
        (version + "Mcp-Method: tools/call\r\nMcp-Name: =?base64?bG9vaw==?=\r\n", nil),
    ]

    @Test("headers that differ from the body are refused", arguments: headerTable)
    func headers(fields: String, code: Int64?) throws {
        let response = try answer(#"{}"#, fields)
        #expect(response.errorCode == code)
        #expect(response.status == (code == nil ? 200 : 400))
        #expect(response.json?["id"] == 7)
    }

    static let mirroredTable: [(arguments: String, fields: String, isTaken: Bool)] = [
        (#"{"words":"a"}"#, "", false),
        (#"{"words":"a"}"#, "Mcp-Param-Words: a\r\n", true),
        (#"{"words":"a"}"#, "Mcp-Param-Words: A\r\n", false),
        (#"{"words":"a"}"#, "mcp-param-words: a\r\n", true),
        (#"{"words":"\u00fc"}"#, "Mcp-Param-Words: =?base64?w7w=?=\r\n", true),
        (#"{"words":"\u00fc"}"#, "Mcp-Param-Words: =?base64?/w==?=\r\n", false),
        (#"{"words":"\u00fc"}"#, "Mcp-Param-Words: \u{FC}\r\n", false),
        (#"{"words":"a\tb"}"#, "Mcp-Param-Words: a\tb\r\n", true),
        (#"{"words":null}"#, "", true),
        (#"{"page":42}"#, "Mcp-Param-Page: 42\r\n", true),
        (#"{"page":42}"#, "Mcp-Param-Page: 42.0\r\n", true),
        (#"{"page":42}"#, "Mcp-Param-Page: 43\r\n", false),
        (#"{"page":42}"#, "Mcp-Param-Page: x\r\n", false),
        (#"{"page":42}"#, "Mcp-Param-Page: \"42\"\r\n", false),
        (#"{"all":true}"#, "Mcp-Param-All: true\r\n", true),
        (#"{"all":true}"#, "Mcp-Param-All: false\r\n", false),
        (#"{"all":false}"#, "Mcp-Param-All: False\r\n", false),
    ]

    @Test("a tool's own headers agree with its arguments", arguments: mirroredTable)
    func mirrored(arguments: String, fields: String, isTaken: Bool) throws {
        let response = try answer(arguments, ModernHeaderTests.version + ModernHeaderTests.call + fields)
        #expect(response.errorCode == (isTaken ? nil : -32020))
    }

    @Test("the header Mcp-Name repeats what an extension's method says it does", arguments: [("x", 200), ("y", 400)])
    func extensionMethod(name: String, status: Int) throws {
        let bench = try Bench()
        try bench.start()
        let fields = Bench.json + ModernHeaderTests.version + "Mcp-Method: echo/say\r\nMcp-Name: \(name)\r\n"
        let body = Bench.modernBody("echo/say", #""word":"x""#)
        let response = try bench.whole(bench.send("POST", "/mcp", fields, body))
        #expect(response.status == status)
        #expect(response.errorCode == (status == 200 ? nil : -32020))
        #expect(response.json?["result"]?["word"] == (status == 200 ? "x" : nil))
    }

    @Test("a method that is none is not found", arguments: [("nothing/here", 404), ("ping", 404), ("tools/list", 200)])
    func method(method: String, status: Int) throws {
        let bench = try Bench()
        try bench.start()
        let response = try bench.whole(bench.modern(method))
        #expect(response.status == status)
        #expect(response.errorCode == (status == 404 ? -32601 : nil))
    }

    @Test("a notification that stands alone is taken")
    func notification() throws {
        let bench = try Bench()
        try bench.start()
        let body = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#
        let fields = Bench.json + ModernHeaderTests.version
        #expect(try bench.whole(bench.send("POST", "/mcp", fields, body)).status == 202)
    }

    private func answer(_ arguments: String, _ fields: String) throws -> Response {
        let bench = try Bench()
        bench.configuration.limits.keepAliveInterval = .seconds(60)
        try bench.start()
        let body = Bench.modernBody("tools/call", "\"name\":\"look\",\"arguments\":\(arguments)")
        let client = try bench.send("POST", "/mcp", Bench.json + fields, body)
        try bench.run {
            if bench.tool.calls == 1 { bench.tool.finish() }
            return client.whole != nil
        }
        return try #require(client.whole)
    }
}
