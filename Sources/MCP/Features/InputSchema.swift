import Bytes
public import JSON

/// The arguments that a tool takes.
public struct InputSchema: Sendable {
    public let parameters: [Parameter]
    /// Further keywords at the top of the schema, such as `$defs`; all of them, when it is a custom one.
    private let keywords: JSONObject
    /// The values that an HTTP client repeats in headers.
    public let mirroredHeaders: [MirroredHeader]
    /// The check of a custom schema; nil when `parameters` say all.
    private let customCheck: (@Sendable (JSONObject) -> String?)?
    /// Why there is no argument of a name that a model may expect.
    private let absent: [(name: String, reason: String)]

    /// - Parameter absent: names that a model may give although there is no such argument, each with a clause that
    ///   tells why, for the words of the refusal.
    public init(
        _ parameters: [Parameter], absent: [(name: String, reason: String)] = [], keywords: JSONObject = [:]
    ) {
        self.parameters = parameters
        self.absent = absent
        self.keywords = keywords
        mirroredHeaders = parameters.flatMap { MirroredHeader.all(in: $0.schema, at: [$0.name]) }
        customCheck = nil
    }

    /// A schema that parameters cannot express, shown as it is. The check sees the arguments without those that are
    /// null, and tells in a sentence what is wrong.
    public init(custom schema: JSONObject, check: @escaping @Sendable (JSONObject) -> String?) {
        parameters = []
        absent = []
        keywords = schema
        mirroredHeaders = MirroredHeader.all(in: .object(schema), at: [])
        customCheck = check
    }

    /// What is wrong with the arguments of a call, in words for the model that made it.
    public struct Refusal: Error, Equatable, Sendable {
        public let message: String
    }

    /// JSON Schema 2020-12, in the keywords that every vendor of models takes. Further arguments are refused by `check`
    /// alone: Google's SDK for Python takes the value of `additionalProperties` for a schema, and fails at `false`.
    public var json: JSONValue {
        guard customCheck == nil else { return .object(keywords) }
        let properties = JSONObject(parameters.map { ($0.name, $0.schema) })
        let required = parameters.filter { $0.isRequired }.map { JSONValue.string($0.name) }
        var object: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { object.set("required", to: .array(required)) }
        for (name, value) in keywords { object.set(name, to: value) }
        return .object(object)
    }

    /// Checks every argument and reports all that is wrong at once. An argument of null counts as missing, and a space
    /// one that is neither required nor allowed too, since clients send them for what their user left out.
    public func check(_ arguments: JSONObject) throws(Refusal) -> Arguments {
        if let customCheck { return try check(arguments, customCheck) }
        var checked = JSONObject()
        var problems: [String] = []
        for (name, value) in arguments where !value.isNull {
            if let parameter = parameters.first(where: { $0.name == name }) {
                let value = parameter.kind.converted(value)
                if let problem = parameter.problem(with: value) {
                    if !parameter.isRequired, value.string == "" || value.array?.isEmpty == true { continue }
                    problems.append(problem)
                }
                checked.set(name, to: value)
            } else if let reason = absent.first(where: { $0.name == name })?.reason {
                problems.append("there is no argument \"\(name)\": \(reason)")
            } else if let near = parameters.first(where: { $0.isNear(name) }) {
                problems.append("there is no argument \"\(name.shortened)\": perhaps \(near.name) is meant")
            } else {
                let known = parameters.map { $0.name }.joined(separator: ", ")
                let choice = known.isEmpty ? "the tool takes none" : "the arguments are: \(known)"
                problems.append("there is no argument \"\(name.shortened)\"; \(choice)")
            }
            // A hostile call may carry thousands of wrong arguments; a few are enough to see what is wrong.
            if problems.count >= MCPLimits.problemsMax { break }
        }
        for parameter in parameters where parameter.isRequired && arguments[parameter.name]?.isNull != false {
            problems.append("\(parameter.name) is missing: \(parameter.absence)")
        }
        guard problems.isEmpty else { throw Refusal(message: problems.joined(separator: "; ") + ".") }
        return Arguments(checked: checked)
    }

    private func check(_ arguments: JSONObject, _ problem: (JSONObject) -> String?) throws(Refusal) -> Arguments {
        let given = JSONObject(arguments.filter { !$0.value.isNull }.map { ($0.key, $0.value) })
        if let problem = problem(given) { throw Refusal(message: problem) }
        return Arguments(checked: given)
    }
}
