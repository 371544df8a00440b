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
        mirroredHeaders = parameters.flatMap { MirroredHeader.all(in: $0.schema, at: [$0.shownName]) }
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
        let properties = JSONObject(parameters.map { ($0.shownName, $0.schema) })
        let required = parameters.filter { $0.isRequired }.map { JSONValue.string($0.shownName) }
        var object: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { object.set("required", to: .array(required)) }
        for (name, value) in keywords { object.set(name, to: value) }
        return .object(object)
    }

    /// Checks every argument and reports all that is wrong at once. What clients send for what their user left out
    /// counts as missing: null, and where it is neither required nor allowed, blanks and zeros.
    public func check(_ arguments: JSONObject) throws(Refusal) -> Arguments {
        if let customCheck { return try check(arguments, customCheck) }
        var checking = Checking()
        for (name, value) in arguments { check(name, value, &checking) }
        for parameter in parameters where parameter.isRequired && checking.values[parameter.name] == nil {
            if let value = parameter.inferred?(checking.values) {
                checking.values.set(parameter.name, to: value)
            } else {
                checking.add("\(parameter.shownName) is missing: \(parameter.absence)")
            }
        }
        let problems = checking.problems
        guard problems.isEmpty else { throw Refusal(message: problems.joined(separator: "; ") + ".") }
        return Arguments(checked: checking.values)
    }

    /// The arguments of a call, as far as they are checked.
    private struct Checking {
        var values = JSONObject()
        private(set) var problems: [String] = []

        /// A hostile call may carry thousands of wrong arguments; a few are enough to see what is wrong.
        mutating func add(_ problem: String) {
            if problems.count < MCPLimits.problemsMax { problems.append(problem) }
        }
    }

    private func check(_ name: String, _ value: JSONValue, _ checking: inout Checking) {
        if value.isNull { return }
        guard let parameter = parameters.first(where: { $0.name.isName(name) }) else {
            return takeOther(name, value, &checking)
        }
        let value = parameter.kind.converted(value)
        if let problem = parameter.problem(with: value) {
            if !parameter.isRequired, value.standsForNothing { return }
            // {"a": {"b": 1}} is "a.b", also where there is an argument "a".
            if takeMembers(name, value, &checking) { return }
            checking.add(problem)
        } else if let other = checking.values[parameter.name], other != value {
            checking.add("\(parameter.shownName) is given twice, with different values: leave one out")
        }
        checking.values.set(parameter.name, to: value)
    }

    /// Takes the members of an object for arguments, where names go on with a dot. Whether they do.
    private func takeMembers(_ name: String, _ value: JSONValue, _ checking: inout Checking) -> Bool {
        guard let members = value.objectOrItsText.object,
            parameters.contains(where: { $0.name.isName(name, upToDot: true) })
                || absent.contains(where: { $0.name.isName(name, upToDot: true) })
        else { return false }
        for (member, value) in members { check("\(name).\(member)", value, &checking) }
        return true
    }

    private func takeOther(_ name: String, _ value: JSONValue, _ checking: inout Checking) {
        let start = "there is no argument \"\(name.shortened)\""
        if let reason = absent.first(where: { $0.name.isName(name) })?.reason {
            checking.add("\(start): \(reason)")
        } else if InjectedArguments.names.contains(name) || takeMembers(name, value, &checking) {
            return
        } else if let near = parameters.first(where: { $0.isNear(name) }) {
            checking.add("\(start): perhaps \(near.shownName) is meant")
        } else {
            let known = parameters.map { $0.shownName }.joined(separator: ", ")
            checking.add("\(start); \(known.isEmpty ? "the tool takes none" : "the arguments are: \(known)")")
        }
    }

    private func check(_ arguments: JSONObject, _ problem: (JSONObject) -> String?) throws(Refusal) -> Arguments {
        let given = JSONObject(arguments.filter { !$0.value.isNull }.map { ($0.key, $0.value) })
        if let problem = problem(given) { throw Refusal(message: problem) }
        return Arguments(checked: given)
    }
}
