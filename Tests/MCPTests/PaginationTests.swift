import JSON
import MCP
import Testing

@Suite struct PaginationTests {
    private func server(_ count: Int, pageSize: Int = 3) -> Server {
        let numbers = 0..<count
        return makeServer(
            tools: numbers.map { tool("t\($0)") }, resources: numbers.map { resource("r\($0)") },
            templates: numbers.map { template("t\($0){x}") }, prompts: numbers.map { prompt("p\($0)") },
            pageSize: pageSize)
    }

    /// The sizes of all pages, from the first to the last.
    private func pages(_ client: Client, _ method: String, _ member: String) -> [Int] {
        var sizes: [Int] = []
        var names: [String] = []
        var cursor: JSONValue?
        repeat {
            let result = client.ask(method, cursor.map { ["cursor": $0] } ?? [:])?.result
            let entries = result?[member]?.array ?? []
            sizes.append(entries.count)
            names += entries.map(\.text)
            cursor = result?["nextCursor"]
        } while cursor != nil && sizes.count < 20
        #expect(Set(names).count == names.count || member == "resources")
        return sizes
    }

    @Test("a list comes in pages, and the last one says that it is the last", arguments: revisions)
    func all(revision: ProtocolVersion) {
        let lists = [
            ("tools/list", "tools"), ("resources/list", "resources"), ("prompts/list", "prompts"),
            ("resources/templates/list", "resourceTemplates"),
        ]
        for (method, member) in lists {
            for (count, sizes) in [(1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])] {
                #expect(pages(Client(server(count), revision), method, member) == sizes)
            }
        }
    }

    @Test("a page has as many entries as the limit says")
    func limit() {
        let size = MCPLimits.pageSize
        for (count, sizes) in [(size, [size]), (size + 1, [size, 1])] {
            let client = Client(makeServer(tools: (0..<count).map { tool("t\($0)") }), .v2025_11_25)
            #expect(pages(client, "tools/list", "tools") == sizes)
        }
    }

    @Test(
        "a cursor that the server did not give for that list is refused",
        arguments: [
            "at-0", "at-1", "at-2", "at-7", "at-9", "at--3", "at-+3", "at-03", "at-3 ", " at-3", "AT-3", "3", "", "at-",
            "at-3.0", "at-99999999999999999999999999", "at-9223372036854775807", "at-４", "at-3\u{301}", "at\u{301}-3",
            3, ["at-3"], [:], true,
        ] as [JSONValue])
    func badCursors(cursor: JSONValue) {
        for revision in revisions {
            let client = Client(server(7), revision)
            let answer = client.ask("tools/list", ["cursor": cursor])
            #expect(answer?.code == -32602)
            #expect(answer?.message.contains("cursor") == true)
            #expect(client.ask("tools/list", ["cursor": "at-3"])?.result?["tools"]?[0]?["name"] == "t3")
        }
    }

    @Test("a cursor is refused once the list has become shorter")
    func shorter() {
        let server = server(7)
        let client = Client(server, .v2025_11_25)
        #expect(client.ask("tools/list", ["cursor": "at-6"])?.result != nil)
        server.replaceTools([tool("a"), tool("b")])
        #expect(client.ask("tools/list", ["cursor": "at-6"])?.code == -32602)
        #expect(pages(client, "tools/list", "tools") == [2])
    }
}
