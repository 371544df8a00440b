import JSON

/// What the arguments of a prompt are taken to say.
struct PromptWords {
    private let values: JSONObject

    init(_ values: JSONObject) { self.values = values }

    func string(_ name: String) -> String? { values[name]?.string }
}
