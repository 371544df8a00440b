public import MCP
public import EventLoop

/// A server that offers what the conformance tests ask for, and nothing of use.
public enum ConformanceFixtures {
    /// `sealKey` protects the state that clients hand back: `StateSeal.keyBytes` bytes that nobody can guess.
    public static func makeServer(loop: EventLoop, sealKey: [UInt8]) -> Server {
        let triggers = ChangeTools()
        let server = Server(
            implementation: Implementation(
                name: "conformance-server", title: "Conformance server", version: "1.0.0",
                description: "Offers what conformance tests of the Model Context Protocol look for.",
                websiteURL: "https://modelcontextprotocol.io"),
            instructions: "A server for conformance tests: its tools do nothing of use.",
            // The tests call the first tool without arguments.
            tools: ContentBlockTools.all + PacedTools(loop: loop).all + SchemaTools.all + LegacyInputTools.all
                + InputTools(seal: StateSeal(key: sealKey)).all + triggers.all,
            resources: Resources.all,
            resourceTemplates: Resources.templates,
            prompts: Prompts.all,
            isDynamic: true)
        triggers.server = server
        return server
    }
}
