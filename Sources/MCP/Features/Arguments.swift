package import JSON

/// The arguments of a call, checked against the schema of the tool or prompt.
package struct Arguments {
    private let values: JSONObject

    /// Only the checks of `InputSchema` and `Prompt` make them, so nobody sees an argument that was not checked.
    init(checked values: JSONObject) { self.values = values }

    package func string(_ name: String) -> String? { values[name]?.string }

    package func integer(_ name: String) -> Int64? { values[name]?.int64 }

    package func bool(_ name: String) -> Bool? { values[name]?.bool }

    /// All that were given and are not null.
    package var json: JSONObject { values }

    package func value(_ name: String) -> JSONValue? { values[name] }
}
