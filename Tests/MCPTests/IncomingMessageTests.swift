import JSON
import MCP
import Testing

@Suite struct IncomingMessageTests {
    private func malformed(_ text: String) throws -> IncomingMessage.Malformed? {
        let value = try JSONValue(parsing: text)
        do throws(IncomingMessage.Malformed) {
            _ = try IncomingMessage(value)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "a message is told apart by what it carries",
        arguments: [
            (
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}",
                .request(id: .number(1), method: "m", params: [:])
            ),
            (
                "{\"params\":{\"a\":1},\"method\":\"\",\"id\":\"\",\"jsonrpc\":\"2.0\"}",
                .request(id: .string(""), method: "", params: ["a": 1])
            ),
            ("{\"jsonrpc\":\"2.0\",\"method\":\"m\"}", .notification(method: "m", params: [:])),
            (
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{\"a\":1}}",
                .notification(method: "m", params: ["a": 1])
            ),
            ("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[1]}", .notification(method: "m", params: [:])),
            (
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":null}",
                .request(id: .number(7), method: "m", params: [:])
            ),
            ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}", .response(id: 1, .result([:]))),
            ("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}", .response(id: 1, .error("no reason given"))),
            (
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"result\":{}}",
                .request(id: .number(1), method: "m", params: [:])
            ),
        ] as [(String, IncomingMessage)])
    func kinds(text: String, message: IncomingMessage) throws {
        #expect(try IncomingMessage(JSONValue(parsing: text)) == message)
    }

    @Test(
        "what is no message is refused, with its id where it has one",
        arguments: [
            ("null", nil, "object"), ("true", nil, "object"), ("5", nil, "object"), ("\"ping\"", nil, "object"),
            ("[]", nil, "object"), ("[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}]", nil, "object"),
            ("{}", nil, "jsonrpc"), ("{\"id\":7,\"method\":\"m\"}", 7, "jsonrpc"),
            ("{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"m\"}", 7, "jsonrpc"),
            ("{\"jsonrpc\":2.0,\"id\":7,\"method\":\"m\"}", 7, "jsonrpc"),
            ("{\"jsonrpc\":null,\"id\":7,\"method\":\"m\"}", 7, "jsonrpc"),
            ("{\"jsonrpc\":\"2.0\"}", nil, "method"), ("{\"jsonrpc\":\"2.0\",\"id\":7}", 7, "method"),
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":null}", 7, "method"),
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":[\"m\"]}", 7, "method"),
            ("{\"jsonrpc\":\"2.0\",\"method\":5}", nil, "method"),
            ("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"m\"}", nil, "id"),
            ("{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"m\"}", nil, "id"),
            ("{\"jsonrpc\":\"2.0\",\"id\":[7],\"method\":\"m\"}", nil, "id"),
            ("{\"jsonrpc\":\"2.0\",\"id\":{\"a\":7},\"method\":\"m\"}", nil, "id"),
            ("{\"jsonrpc\":\"2.0\",\"id\":7.5,\"method\":\"m\"}", nil, "id"),
            ("{\"jsonrpc\":\"2.0\",\"id\":1e300,\"method\":\"m\"}", nil, "id"),
            ("{\"jsonrpc\":\"2.0\",\"id\":18446744073709551616,\"method\":\"m\"}", nil, "id"),
            ("{\"jsonrpc\":\"2.0\",\"id\":-9223372036854775809,\"method\":\"m\"}", nil, "id"),
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":[1]}", 7, "params"),
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":\"a\"}", 7, "params"),
        ] as [(String, JSONNumber?, String)])
    func malformed(text: String, id: JSONNumber?, named: String) throws {
        let refusal = try #require(try malformed(text))
        #expect(refusal.id == id.map { RequestID.number($0) })
        #expect(refusal.error.code == .invalidRequest)
        #expect(refusal.error.message.contains(named))
    }

    @Test(
        "half an emoji is refused under the id of its request, which its client waits for",
        arguments: [
            ("\"id\":7,\"method\":\"m\",\"params\":{\"a\":\"\\ud83d\"}", 7),
            ("\"method\":\"m\",\"params\":{\"a\":\"\\ud83d\",\"\\udc00\":1},\"id\":\"b\"", "b"),
            ("\"id\":\"\\ud83d\",\"method\":\"m\"", nil), ("\"method\":\"\\ud83d\"", nil),
            // The id of an answer is the server's own.
            ("\"id\":7,\"result\":{\"a\":\"\\ud83d\"}", nil),
        ] as [(String, JSONValue?)])
    func loneSurrogate(members: String, id: JSONValue?) throws {
        let payload = IncomingPayload(parsing: "{\"jsonrpc\":\"2.0\",\(members)}".utf8.span)
        guard case .malformed(let refusal) = payload else {
            Issue.record("\(payload)")
            return
        }
        #expect(refusal.id == id.flatMap { RequestID($0) })
        #expect(refusal.error.code == (id == nil ? .parseError : .invalidRequest))
        #expect(refusal.error.message.contains("lone surrogate"))
    }

    @Test(
        "ids are equal when JSON holds them equal",
        arguments: [
            (1, 1.0, true), (1, "1", false), ("a", "a", true), ("é", "e\u{301}", false), (0, -0.0, true),
            (1, 2, false),
        ] as [(JSONValue, JSONValue, Bool)])
    func equality(left: JSONValue, right: JSONValue, areEqual: Bool) throws {
        #expect((try #require(RequestID(left)) == (try #require(RequestID(right)))) == areEqual)
    }

    @Test("an error has data only when there is some")
    func errorJSON() {
        #expect(RPCError(.methodNotFound, "m").json == ["code": -32601, "message": "m"])
        #expect(
            RPCError(.invalidParams, "m", data: [1]).json == ["code": -32602, "message": "m", "data": [1]])
    }

    @Test("a revision is known by its exact name", arguments: revisions)
    func revision(revision: ProtocolVersion) {
        #expect(ProtocolVersion(revision.text) == revision)
        #expect(ProtocolVersion(revision.text + " ") == nil)
        #expect(ProtocolVersion(String(revision.text.dropLast())) == nil)
    }
}
