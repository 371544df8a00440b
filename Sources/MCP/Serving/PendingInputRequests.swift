import JSON

/// The questions that one request of a legacy client waits for.
final class PendingInputRequests {
    let request: RequestContext
    private let state: String?
    private var answers = JSONObject()
    private(set) var open: Int

    init(_ request: RequestContext, _ input: InputRequired) {
        self.request = request
        state = input.state
        open = input.questions.count
    }

    func record(_ answer: JSONObject, for key: String) {
        answers.set(key, to: .object(answer))
        open -= 1
    }

    /// Hands the answers to the request, whose work can begin anew.
    func close() {
        request.inputResponses = answers
        request.requestState = state
        request.rounds += 1
    }
}
