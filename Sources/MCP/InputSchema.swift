package import JSON

/// The arguments that a tool takes.
package struct InputSchema {
    package let parameters: [Parameter]

    package init(_ parameters: [Parameter]) { self.parameters = parameters }

    /// What is wrong with the arguments of a call, in words for the model that made it.
    package struct Refusal: Error, Equatable {
        package let message: String
    }

    /// JSON Schema 2020-12.
    package var json: JSONValue {
        let properties = JSONObject(parameters.map { ($0.name, $0.schema) })
        let required = parameters.filter { $0.isRequired }.map { JSONValue.string($0.name) }
        var object: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { object.set("required", to: .array(required)) }
        object.set("additionalProperties", to: false)
        return .object(object)
    }

    /// Checks every argument and reports all that is wrong at once. An argument of null counts as missing, since
    /// clients send it for what their user left out.
    package func check(_ arguments: JSONObject) throws(Refusal) -> Arguments {
        var checked = JSONObject()
        var problems: [String] = []
        for (name, value) in arguments where !value.isNull {
            if let parameter = parameters.first(where: { $0.name == name }) {
                if let problem = parameter.problem(with: value) { problems.append(problem) }
                checked.set(name, to: value)
            } else {
                let known = parameters.map { $0.name }.joined(separator: ", ")
                problems.append("there is no argument \"\(name.shortened)\"; the arguments are: \(known)")
            }
            // A hostile call may carry thousands of wrong arguments; a few are enough to see what is wrong.
            if problems.count >= Limits.problemsMax { break }
        }
        for parameter in parameters where parameter.isRequired && arguments[parameter.name]?.isNull != false {
            problems.append("\(parameter.name) is missing: \(parameter.description)")
        }
        guard problems.isEmpty else { throw Refusal(message: problems.joined(separator: "; ") + ".") }
        return Arguments(checked: checked)
    }
}
