import JSON

/// The arguments of a call, checked against the tool's schema.
package struct Arguments {
    private let values: JSONObject

    /// Only `InputSchema.check` makes them, so a tool never sees an argument that was not checked.
    init(checked values: JSONObject) { self.values = values }

    package func string(_ name: String) -> String? { values[name]?.string }

    package func integer(_ name: String) -> Int64? { values[name]?.int64 }
}
