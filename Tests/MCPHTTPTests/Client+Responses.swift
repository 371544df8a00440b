import TestSupport

extension Client {
    /// The responses so far; the last may not be whole.
    var responses: [Response] {
        read()
        return Response.all(in: bytes)
    }

    /// The first response, once its head has come.
    var response: Response? { responses.first }

    /// The first response, once all of it has come.
    var whole: Response? { response.flatMap { $0.isWhole ? $0 : nil } }

    var events: [Event] { response?.events ?? [] }
}
