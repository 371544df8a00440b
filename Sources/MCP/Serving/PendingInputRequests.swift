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

/// The questions that a legacy client has not answered yet, by the ids of the server's requests.
struct OpenQuestions {
    private var questions: [Int64: (pendingInput: PendingInputRequests, key: String)] = [:]
    private var nextID: Int64 = 1

    /// Those that wait with any of the questions; nil when none is open.
    var first: PendingInputRequests? { questions.first?.value.pendingInput }

    /// Returns the question's id.
    mutating func add(_ key: String, of pendingInput: PendingInputRequests) -> Int64 {
        let id = nextID
        nextID += 1
        questions[id] = (pendingInput, key)
        return id
    }

    mutating func remove(_ id: Int64) -> (pendingInput: PendingInputRequests, key: String)? {
        questions.removeValue(forKey: id)
    }

    mutating func remove(of pendingInput: PendingInputRequests) {
        for (id, question) in questions where question.pendingInput === pendingInput { questions[id] = nil }
    }
}
