import Bytes
import HTTPTypes
import JSON
import MCP

extension Call {
    /// Asks one endpoint in a person's name.
    ///
    /// - Parameter body: nil for none.
    func ask(
        _ path: String, _ query: Query = [], method: HTTPMethod = .get, body: JSONObject? = nil,
        as session: AccountSession, then: @escaping (Answer) -> Void
    ) {
        guard !isCancelled else { return }
        let number = begin(then: then)
        var bytes: [UInt8] = []
        if let body { JSONValue.object(body).write(into: &bytes) }
        let cancel = context.client.ask(
            path, query: query, method: method, body: bytes, as: session, for: request, deadline: deadline
        ) { [self] in complete(number, with: $0) }
        setCancellation(cancel, of: number)
    }

    /// Finds out whose account the call is about: `then` gets the path of it, such as `/account/12`.
    func account(
        _ finish: @escaping (CallToolResult) -> Void, then: @escaping (AccountSession, _ path: String) -> Void
    ) {
        switch AccountSession.of(request, context) {
        case .failure(let error): finish(.failure(error.message))
        case .success(let session):
            ask("/account", as: session) { answer in
                switch answer {
                case .failure(let error): finish(.failure(error.message))
                case .success(let account):
                    guard let id = account["id"]?.int64 else {
                        return finish(.failure(TMDBError.unexpectedShape.message))
                    }
                    then(session, "/account/\(id)")
                }
            }
        }
    }
}
