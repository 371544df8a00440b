public import EventLoop
public import MCP
import MCPTasks
import System

/// A server that offers what the conformance tests ask for, and nothing of use.
public enum ConformanceFixtures {
    /// `sealKey` protects the state that clients hand back: `StateSeal.keyBytes` bytes that nobody can guess.
    public static func makeServer(loop: EventLoop, sealKey: [UInt8]) -> Server {
        let triggers = ChangeTools()
        let tasks = Tasks(limits: TaskLimits(pollMilliseconds: 100), environment: environment(loop))
        let server = Server(
            implementation: Implementation(
                name: "conformance-server", title: "Conformance server", version: "1.0.0",
                description: "Offers what conformance tests of the Model Context Protocol look for.",
                websiteURL: "https://modelcontextprotocol.io"),
            instructions: "A server for conformance tests: its tools do nothing of use.",
            // The tests call the first tool without arguments.
            tools: ContentBlockTools.all + PacedTools(loop: loop).all + SchemaTools.all + LegacyInputTools.all
                + InputTools(seal: StateSeal(key: sealKey)).all + triggers.all
                + TaskTools(loop: loop, tasks: tasks).all,
            resources: Resources.all + [Skills.resource],
            resourceTemplates: Resources.templates,
            prompts: Prompts.all,
            extensions: [tasks.extension, Skills.extension],
            isDynamic: true)
        triggers.server = server
        return server
    }

    private static func environment(_ loop: EventLoop) -> TaskEnvironment {
        TaskEnvironment(
            monotonicMilliseconds: { loop.now.nanoseconds / 1_000_000 },
            calendarMilliseconds: { CalendarClock.nanosecondsSince1970() / 1_000_000 },
            randomBytes: { try? SystemRandom.bytes(count: $0) },
            schedule: { loop.schedule(after: TimeSpan(nanoseconds: $0 * 1_000_000), $1) })
    }
}
