public import JSON

/// What work begins with: nothing at first, then the answers to what it asked.
public struct TaskInput: Equatable, Sendable {
    /// Answers to `InputRequired` by key. A client's own words: check them.
    public let responses: JSONObject
    /// The state of the `InputRequired` that these are the answers to. A client may forge that of a call which has not
    /// become a task yet.
    public let state: String?

    public init(responses: JSONObject = [:], state: String? = nil) {
        self.responses = responses
        self.state = state
    }
}
