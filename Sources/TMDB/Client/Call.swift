import JSON
import MCP

/// The requests to TMDB that one request of a client's makes. They are cancelled together, and share its time.
final class Call {
    typealias Query = [(name: String, value: String)]
    typealias Answer = Result<JSONValue, TMDBError>

    let context: TMDBContext
    let request: RequestContext
    private var running: [Running] = []
    private var nextNumber = 0
    private(set) var isCancelled = false
    /// When all of them must have ended.
    let deadline: Int64
    /// What the days of the arguments were that are told from today on.
    let days: [(name: String, day: String)]

    /// Kept here, not in the closure that the client gets: the compiler would copy `get` for each caller's `then`.
    private struct Running {
        let number: Int
        let then: (Answer) -> Void
        /// Nil until the client has given it.
        var cancel: Cancellation?
    }

    init(_ context: TMDBContext, _ request: RequestContext, days: [(name: String, day: String)] = []) {
        self.days = days
        self.context = context
        self.request = request
        deadline = context.client.deadline()
    }

    /// Gets one endpoint, such as `/search/multi`. `then` may be called before this returns.
    ///
    /// - Parameter deadline: when it must have ended, should that be before the whole call must.
    func get(_ path: String, _ query: Query = [], by deadline: Int64? = nil, then: @escaping (Answer) -> Void) {
        guard !isCancelled else { return }
        let number = begin(then: then)
        var query = query
        for index in query.indices where query[index].name == "query" { query[index].value = query[index].value.sought }
        let deadline = min(deadline ?? self.deadline, self.deadline)
        let cancel = context.client.get(path, query: query, for: request, deadline: deadline) { [self] in
            complete(number, with: $0)
        }
        setCancellation(cancel, of: number)
    }

    /// Counts something that `then` waits for; returns its number.
    func begin(then: @escaping (Answer) -> Void) -> Int {
        let number = nextNumber
        nextNumber += 1
        running.append(Running(number: number, then: then))
        return number
    }

    func setCancellation(_ cancel: @escaping Cancellation, of number: Int) {
        guard let index = running.firstIndex(where: { $0.number == number }) else { return }
        if isCancelled {
            running.remove(at: index)
            return cancel()
        }
        running[index].cancel = cancel
    }

    func complete(_ number: Int, with answer: Answer) {
        guard !isCancelled, let index = running.firstIndex(where: { $0.number == number }) else { return }
        let then = running.remove(at: index).then
        // Of the last one the result tells.
        if !running.isEmpty { request.report(progress: Double(nextNumber - running.count), total: Double(nextNumber)) }
        then(answer)
    }

    /// Gets several endpoints at once. `then` is called with their answers in the same order.
    func getAll(
        _ requests: [(path: String, query: Query)], by deadline: Int64? = nil, then: @escaping ([Answer]) -> Void
    ) {
        guard !requests.isEmpty else { return then([]) }
        let gathering = Gathering(count: requests.count, then: then)
        for (index, request) in requests.enumerated() {
            get(request.path, request.query, by: deadline) { gathering.add($0, at: index) }
        }
    }

    /// The answers to several requests, until all are there.
    private final class Gathering {
        private var answers: [Answer?]
        private var open: Int
        private let then: ([Answer]) -> Void

        init(count: Int, then: @escaping ([Answer]) -> Void) {
            answers = [Answer?](repeating: nil, count: count)
            open = count
            self.then = then
        }

        func add(_ answer: Answer, at index: Int) {
            answers[index] = answer
            open -= 1
            if open == 0 { then(answers.compactMap { $0 }) }
        }
    }

    /// Gets a page of a list and finishes with its rows.
    func rows(
        _ path: String, _ query: Query, of subject: Subject? = nil, _ page: Page, _ shaping: Shaping,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        rows([(path, query)], of: subject, page, shaping, finish) { $0.first ?? .failure(.unexpectedShape) }
    }

    /// Gets several pages at once and finishes with the rows of the one that `merge` makes of them.
    func rows(
        _ requests: [(path: String, query: Query)], of subject: Subject? = nil, _ page: Page, _ shaping: Shaping,
        _ finish: @escaping (CallToolResult) -> Void, merge: @escaping ([Answer]) -> Answer
    ) {
        getAll(requests) { [self] answers in
            let shown = page.shown(shaping)
            Untranslated.fillRows(answers, of: requests, shaping.language, shown: shown, self) { [self] answers in
                let answer = merge(answers)
                genres(shaping.language, for: answer) { genres in
                    var shaping = shaping
                    shaping.genres = genres
                    finish(.shaped(answer, of: subject) { page.json($0, shaping) })
                }
            }
        }
    }

    /// Nothing is reported after it.
    func cancel() {
        isCancelled = true
        let open = running
        // One that the client is being asked for just now is cancelled by `get`.
        running.removeAll { $0.cancel != nil }
        for request in open { request.cancel?() }
    }
}
