/// What can be listed.
enum List {
    case tools, resources, resourceTemplates, prompts

    /// The member of the result that holds the entries.
    var member: String {
        switch self {
        case .tools: "tools"
        case .resources: "resources"
        case .resourceTemplates: "resourceTemplates"
        case .prompts: "prompts"
        }
    }
}
