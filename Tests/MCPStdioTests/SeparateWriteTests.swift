import EventLoop
import Glibc
import JSON
import MCP
import MCPStdio
import System
import Testing

/// What goes out in one write, as a socket that keeps packets tells.
@Suite struct SeparateWriteTests {
    /// The transport's end and the client's.
    private func packets(_ bench: Bench) throws -> (own: Int32, client: Int32) {
        var numbers: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &numbers) == 0)
        return (bench.adopt(numbers[0]), bench.adopt(numbers[1]))
    }

    /// The writes that can be read now.
    private func writes(_ number: Int32) throws -> [String] {
        try DescriptorIO.setNonblocking(number, true)
        var writes: [String] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case .bytes(let count) = try DescriptorIO.read(number, into: &buffer) {
            writes.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
        return writes
    }

    @Test("a line that is sent apart shares no write with lines before and after it")
    func apart() throws {
        let bench = try Bench()
        let output = try packets(bench)
        try bench.start(input: try bench.input(.pipe).own, output: output.own)
        bench.send("a")
        bench.transport?.sendApart { $0.append(contentsOf: "p".utf8) }
        bench.send("b")
        bench.send("c")
        try bench.run(until: { bench.transport?.isDrained == true })
        #expect(try writes(output.client) == ["a\n", "p\n", "b\nc\n"])
    }

    @Test("a line that is sent apart is dropped while the reader is slow")
    func dropped() throws {
        let bench = try Bench()
        let output = try packets(bench)
        try bench.start(input: try bench.input(.pipe).own, output: output.own)
        let long = String(repeating: "x", count: 1 << 14)
        var sent = 0
        while bench.transport?.isDrained == true || sent == 0 {
            bench.send(long)
            try bench.run(turns: 1)
            sent += 1
        }
        bench.transport?.sendApart { $0.append(contentsOf: "p".utf8) }
        var got: [String] = []
        try bench.run(until: {
            got += (try? writes(output.client)) ?? []
            return bench.transport?.isDrained == true
        })
        got += try writes(output.client)
        let lines = got.joined().split(separator: "\n")
        #expect(lines.count == sent && !lines.contains("p"))
    }

    @Test("progress shares no write with the answer that ends its call")
    func progress() throws {
        let bench = try Bench()
        let (input, output) = (try bench.input(.pipe), try packets(bench))
        var calls: [(request: RequestContext, finish: (CallToolResult) -> Void)] = []
        let tool = Tool(
            name: "look", title: "Look up", description: "Looks things up.", input: InputSchema([]),
            annotations: ToolAnnotations(.readsOnly, isOpenWorld: false)
        ) { _, request, finish in
            calls.append((request, finish))
            return {}
        }
        let server = try StdioServer(
            Server(
                implementation: Implementation(
                    name: "s", title: "S", version: "1", description: "For tests", websiteURL: "https://example.com"),
                instructions: "", tools: [tool]),
            loop: bench.loop, input: input.own, output: output.own, onEvent: { _ in })
        defer { server.close() }
        let meta = """
            {"progressToken":"t","io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}
            """
        for id in 1...4 {
            let params = "{\"name\":\"look\",\"_meta\":\(meta)}"
            try write(
                "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"tools/call\",\"params\":\(params)}\n", to: input.client)
        }
        try bench.run(until: { calls.count == 4 })

        calls[0].request.report(progress: 1)
        var got: [String] = []
        try bench.run(until: {
            got += (try? writes(output.client)) ?? []
            return !got.isEmpty
        })
        #expect(got.count == 1 && got[0].contains("notifications/progress"))
        // The next is told when the call ends, and not sent; those of the other calls are.
        for call in calls { call.request.report(progress: 2) }
        calls[0].finish(.content([.text("found")]))
        calls[1].request.cancel()
        got = []
        try bench.run(until: {
            got += (try? writes(output.client)) ?? []
            return got.count >= 3
        })
        #expect(got.count == 3 && got[0].contains("found") && !got[0].contains("progress"))
        for write in got.dropFirst() {
            #expect(write.contains("\"progress\":2") && write.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        }
    }
}
