import JSON

/// The answers to a batch of messages, which go back together (2025-03-26, basic/index, Batching).
final class Batch {
    private var answers: [JSONValue] = []
    /// Calls of the batch that still run.
    var callsInFlight = 0

    func add(_ answer: JSONValue) { answers.append(answer) }

    /// The message for the client once every request has been answered or cancelled; nil before that, and when nothing
    /// in the batch asked for an answer.
    var message: JSONValue? { callsInFlight == 0 && !answers.isEmpty ? .array(answers) : nil }
}
