/// Arguments that clients add to every call for themselves, by their own reports. They are none of a tool's, and no
/// model can leave them out.
enum InjectedArguments {
    static let names = [
        // Cline: cline/cline#8256, #10426.
        "task_progress",
        // n8n's MCP Client Tool: n8n-io/n8n#21500, #22787, #37308.
        "toolCallId", "sessionId", "action", "chatInput",
        // CrewAI: crewAIInc/crewAI#4796.
        "security_context",
        // Gemini CLI: MemPalace/mempalace#322.
        "wait_for_previous",
    ]
}
