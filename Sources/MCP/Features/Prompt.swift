import Bytes
import JSON

/// A way to begin a conversation, for people to choose (server/prompts).
public struct Prompt {
    public struct Argument: Sendable {
        public let name: String
        public let title: String
        public let description: String
        public let isRequired: Bool

        @inline(never)  // in many places
        public init(_ name: String, title: String, description: String, isRequired: Bool = false) {
            self.name = name
            self.title = title
            self.description = description
            self.isRequired = isRequired
        }
    }

    public let name: String
    public let title: String
    public let description: String
    public let icons: [Icon]
    public let arguments: [Argument]
    public let completions: [Completion]
    /// Starts making the messages and calls `finish` once, as `Tool.run` does.
    public let get:
        (_ arguments: Arguments, _ request: RequestContext, _ finish: @escaping (PromptResult) -> Void) -> Cancellation

    public init(
        name: String, title: String, description: String, icons: [Icon] = [], arguments: [Argument] = [],
        completions: [Completion] = [],
        get:
            @escaping (
                _ arguments: Arguments, _ request: RequestContext, _ finish: @escaping (PromptResult) -> Void
            ) -> Cancellation
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.icons = icons
        self.arguments = arguments
        self.completions = completions
        self.get = get
    }

    func json(for version: ProtocolVersion) -> JSONValue {
        var object = JSONObject(name: name, title: title, description: description, icons: icons, for: version)
        if !arguments.isEmpty { object.set("arguments", to: .array(arguments.map { $0.json(for: version) })) }
        return .object(object)
    }

    /// The arguments of a request, checked: text, known, and all that are required.
    func check(_ given: JSONObject) throws(RPCError) -> Arguments {
        var checked = JSONObject()
        for (name, value) in given where !value.isNull {
            guard arguments.contains(where: { $0.name == name }) else {
                throw RPCError(.invalidParams, "\(self.name) has no argument \"\(name.shortened)\".")
            }
            guard value.string != nil else {
                throw RPCError(.invalidParams, "The argument \(name) must be a string, not \(value.kind).")
            }
            // Clients send a space for what their user left out.
            if value.string?.trimmed == "" { continue }
            checked.set(name, to: value)
        }
        for argument in arguments where argument.isRequired && checked[argument.name] == nil {
            throw RPCError(
                .invalidParams, "The argument \(argument.name) is missing: \(argument.description)")
        }
        return Arguments(checked: checked)
    }
}

extension Prompt.Argument {
    fileprivate func json(for version: ProtocolVersion) -> JSONValue {
        var object = JSONObject(name: name, title: title, description: description, for: version)
        object.set("required", to: .bool(isRequired))
        return .object(object)
    }
}
