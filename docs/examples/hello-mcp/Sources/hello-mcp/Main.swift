import EventLoop
import MCP
import MCPHTTP
import MCPStdio
import System

@main
enum Main {
    static func main() throws(SystemError) {
        let loop = try EventLoop()
        guard ProcessArguments.read().contains("--http") else { return try StdioServer.run(server, on: loop) }
        guard let address = SocketAddress(host: "127.0.0.1", port: 8080) else { return }
        let configuration = HTTPTransportConfiguration(name: "hello-mcp", token: nil)
        try HTTPTransport.run(server, on: loop, at: address, configuration: configuration) { _ in }
    }

    static var server: Server {
        Server(
            implementation: Implementation(name: "hello-mcp", title: "Hello", version: "1.0.0"),
            instructions: "Greets people. Call greet with a name.",
            tools: [
                Tool(
                    name: "greet", title: "Greet", description: "Greets somebody by name.",
                    input: InputSchema([
                        Parameter("name", .text(length: 1...100), isRequired: true, description: "whom to greet")
                    ]),
                    annotations: ToolAnnotations(.readsOnly, isOpenWorld: false)
                ) { arguments, _ in .text("Hello, \(arguments.string("name") ?? "")!") }
            ],
            resources: [
                Resource(uri: "hello://manners", name: "manners", title: "Manners", description: "How to greet.") {
                    "Say hello, and then the name."
                }
            ],
            prompts: [
                Prompt(
                    name: "welcome", title: "Welcome", description: "Welcomes a guest.",
                    arguments: [.init("guest", title: "Guest", description: "who comes", isRequired: true)]
                ) { arguments, _ in .text("Welcome \(arguments.string("guest") ?? "") with greet.") }
            ])
    }
}
