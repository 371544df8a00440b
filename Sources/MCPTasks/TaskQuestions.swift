import Bytes
package import JSON
package import MCP

/// What a task has asked its client, and the answers that have come. On the wire each key has the number of its round
/// in front, since a key must not come twice in the life of a task (Tasks, Task Update Requests).
package struct TaskQuestions: Equatable {
    private let round: Int
    /// Comes back with the answers.
    private let state: String?
    private var open: [InputRequired.Question]
    private var answers = JSONObject()

    package init(_ input: InputRequired, round: Int) {
        self.round = round
        state = input.state
        open = input.questions
    }

    /// Those that are not answered, as `tasks/get` shows them.
    package var inputRequests: JSONObject {
        JSONObject(open.map { (wireKey($0), JSONValue.object($0.kind.request)) })
    }

    /// Takes the answers to questions that are open, and ignores all else. Returns how many it took.
    package mutating func record(_ responses: JSONObject) -> Int {
        var left: [InputRequired.Question] = []
        for question in open {
            if let response = responses[wireKey(question)] {
                answers.set(question.key, to: response)
            } else {
                left.append(question)
            }
        }
        defer { open = left }
        return open.count - left.count
    }

    /// What the work begins anew with, once nothing is open.
    package var input: TaskInput? { open.isEmpty ? TaskInput(responses: answers, state: state) : nil }

    private func wireKey(_ question: InputRequired.Question) -> String { "\(round).\(question.key)" }
}
