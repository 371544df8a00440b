import JSON
import MCP
import Testing

@Suite struct ContentBlockTests {
    private func sent(_ content: ContentBlock, _ revision: ProtocolVersion) -> JSONValue? {
        let server = makeServer(tools: [tool("look", .content([content]))])
        let result = Client(server, revision).ask("tools/call", ["name": "look"])?.result
        #expect(result?["isError"] == nil)
        #expect(result?["content"]?.array?.count == 1)
        return result?["content"]?[0]
    }

    @Test("text, images and resources are the same in every revision", arguments: revisions)
    func everywhere(revision: ProtocolVersion) {
        #expect(sent(.text("é\n"), revision) == ["type": "text", "text": "é\n"])
        #expect(
            sent(.text("a", Annotations(audience: [.user], priority: 1)), revision) == [
                "type": "text", "text": "a", "annotations": ["audience": ["user"], "priority": 1],
            ])
        #expect(
            sent(.image(data: "AA==", mimeType: "image/png"), revision) == [
                "type": "image", "data": "AA==", "mimeType": "image/png",
            ])
        #expect(
            sent(.embedded(ResourceContents(uri: "a", mimeType: "text/plain", .text("b"))), revision) == [
                "type": "resource", "resource": ["uri": "a", "mimeType": "text/plain", "text": "b"],
            ])
        #expect(
            sent(.embedded(ResourceContents(uri: "a", mimeType: nil, .blob("AA=="))), revision) == [
                "type": "resource", "resource": ["uri": "a", "blob": "AA=="],
            ])
    }

    @Test("audio is audio since 2025-03-26, and before a line of text", arguments: revisions)
    func audio(revision: ProtocolVersion) {
        let content = sent(.audio(data: "AA==", mimeType: "audio/wav"), revision)
        if revision == .v2024_11_05 {
            #expect(content?["type"] == "text")
            #expect(content?["text"]?.string?.contains("audio/wav") == true)
        } else {
            #expect(content == ["type": "audio", "data": "AA==", "mimeType": "audio/wav"])
        }
    }

    @Test("a link is a link since 2025-06-18, and before its URI as text", arguments: revisions)
    func link(revision: ProtocolVersion) {
        let content = sent(.link(uri: "a://b", name: "B", mimeType: "text/plain"), revision)
        if [.v2024_11_05, .v2025_03_26].contains(revision) {
            #expect(content == ["type": "text", "text": "B: a://b"])
        } else {
            let bare = sent(.link(uri: "a://b", name: "B", mimeType: nil), revision)
            #expect(content == ["type": "resource_link", "uri": "a://b", "name": "B", "mimeType": "text/plain"])
            #expect(bare == ["type": "resource_link", "uri": "a://b", "name": "B"])
        }
    }

    @Test("annotations say only what is known")
    func annotations() {
        #expect(sent(.text("a", Annotations()), .v2025_11_25)?["annotations"] == [:])
        let endless = sent(.text("a", Annotations(priority: .infinity)), .v2025_11_25)
        #expect(endless?["annotations"] == [:])
    }

    private func hints(_ annotations: ToolAnnotations) -> JSONValue? {
        let tool = Tool(name: "t", title: "T", description: "D", input: InputSchema([]), annotations: annotations) {
            _, _, _ in {}
        }
        let listed = Client(makeServer(tools: [tool]), .v2025_11_25).ask("tools/list")?.result
        return listed?["tools"]?[0]?["annotations"]
    }

    @Test("a tool that only reads says so, and that its world is open only where it is not")
    func readsOnly() {
        #expect(hints(ToolAnnotations(.readsOnly, isOpenWorld: true)) == ["title": "T", "readOnlyHint": true])
        #expect(
            hints(ToolAnnotations(.readsOnly, isOpenWorld: false)) == [
                "title": "T", "readOnlyHint": true, "openWorldHint": false,
            ])
    }

    @Test("a tool that changes the world says how", arguments: [true, false], [true, false])
    func changes(destroys: Bool, isIdempotent: Bool) {
        let effect: ToolAnnotations.Effect =
            destroys ? .destroys(isIdempotent: isIdempotent) : .adds(isIdempotent: isIdempotent)
        #expect(
            hints(ToolAnnotations(effect, isOpenWorld: true)) == [
                "title": "T", "readOnlyHint": false, "destructiveHint": .bool(destroys),
                "idempotentHint": .bool(isIdempotent),
            ])
    }
}
