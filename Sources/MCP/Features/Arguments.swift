public import JSON

/// The arguments of a call, checked against the schema of the tool or prompt.
public struct Arguments: Sendable {
    private var values: JSONObject

    /// Only the checks of `InputSchema` and `Prompt` make them, so nobody sees an argument that was not checked.
    init(checked values: JSONObject) { self.values = values }

    public func string(_ name: String) -> String? { values[name]?.string }

    public func integer(_ name: String) -> Int64? { values[name]?.int64 }

    public func bool(_ name: String) -> Bool? { values[name]?.bool }

    /// All that were given and are not null.
    public var json: JSONObject { values }

    public func value(_ name: String) -> JSONValue? { values[name] }

    /// Puts another value in the place of one, for a tool that has found out what the client's stands for.
    @inline(never)  // would be copied into each caller
    public mutating func replace(_ name: String, with value: JSONValue) { values.set(name, to: value) }
}
