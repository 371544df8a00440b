import HTTPTypes
import Bytes
import HTTPServer

/// Decides from a request's head whether it may come in, before its body is read.
final class AccessPolicy {
    private let hosts: HostRule
    private var token: BearerToken?
    private let refreshToken: (_ isUrgent: Bool) -> Void
    private let challenge: String
    /// The authority that was let in last: most requests name the same.
    private var lastAuthority = ""
    private let refusals: Refusals
    let browsers: BrowserRules
    private let keys: FieldKeys
    private let takesTokenInPath: Bool

    init(_ configuration: HTTPTransportConfiguration, _ keys: FieldKeys, _ refusals: Refusals) {
        self.keys = keys
        takesTokenInPath = configuration.isTokenInPathTaken
        self.refusals = refusals
        hosts = configuration.hosts
        token = configuration.token.flatMap { BearerToken($0) }
        refreshToken = configuration.refreshToken
        challenge = "Bearer realm=\"\(configuration.name)\""
        browsers = BrowserRules(configuration)
    }

    /// From now on this one lets clients in, and the earlier one no more. An empty one, which would let everyone in, is
    /// not taken.
    func replaceToken(_ token: [UInt8]) {
        if let token = BearerToken(token) { self.token = token }
    }

    func decision(_ head: RequestHead) -> RequestDecision {
        guard allows(head.authority) else {
            return refuse(
                head, .host, 403,
                "this server does not answer to that Host: use one of its own names, or allow the name",
                name: head.authority)
        }
        guard browsers.allows(head) else {
            return refuse(
                head, .origin, 403, "this server does not take requests from that Origin: allow it in the settings",
                name: head.value(of: .origin))
        }
        guard let (route, pathToken) = Route.find(head, withToken: takesTokenInPath) else {
            return refuse(head, .path, 404, "there is nothing here: try /mcp, /mcp/sse, /health, /ready or /metrics")
        }
        if head.method == .options { return .answer(browsers.preflight(head, route)) }
        guard route.allows(head.method) else {
            return refuse(head, .method, 405, "this path takes \(route.allowed)", [("Allow", route.allowed)])
        }
        // Nobody has shown the token here: what a client could send along is not held for it.
        guard route.access == .clients else { return .acceptBody(bytesMax: 0) }
        if let refusal = refuseToken(head, pathToken) { return refusal }
        return head.method == .post ? decisionOnPost(head, route) : .accept
    }

    private func allows(_ authority: String) -> Bool {
        if !lastAuthority.isEmpty, authority == lastAuthority { return true }
        guard hosts.allows(authority) else { return false }
        lastAuthority = authority
        return true
    }

    private func refuseToken(_ head: RequestHead, _ pathToken: Int?) -> RequestDecision? {
        guard token != nil else { return nil }
        refreshToken(false)
        var decision = check(head, pathToken)
        if decision == .wrong {
            refreshToken(true)
            decision = check(head, pathToken)
        }
        switch decision {
        case .granted:
            return nil
        case .missing:
            return refuse(
                head, .missingToken, 401,
                "this path needs the server's token: send it as Authorization: Bearer <token>",
                [("WWW-Authenticate", challenge)])
        case .wrong:
            return refuse(
                head, .wrongToken, 401, "the token is not this server's: look where the server says it keeps it",
                [("WWW-Authenticate", challenge + ", error=\"invalid_token\"")])
        }
    }

    /// - Parameter pathToken: where a token begins in the path.
    @inline(never)  // would be copied for both times that it is asked
    private func check(_ head: RequestHead, _ pathToken: Int?) -> BearerToken.Decision {
        if let start = pathToken {
            var isRight = false
            head.withPath { isRight = token?.matches($0.extracting(droppingFirst: start)) == true }
            return isRight ? .granted : .wrong
        }
        return head.withValue(of: .authorization) { token?.check($0) ?? .wrong } ?? .missing
    }

    private func decisionOnPost(_ head: RequestHead, _ route: Route) -> RequestDecision {
        // A page of another origin can post plain text or a form without asking first, but not JSON.
        let isJSON = head.withValue(of: .contentType) { MediaType($0).matches("application/json") }
        guard isJSON == true else {
            return refuse(head, .contentType, 415, "messages are JSON: send Content-Type: application/json")
        }
        guard head.withValue(of: keys.contentEncoding, { $0.equalsIgnoringCase("identity") }) != false else {
            return refuse(
                head, .contentType, 415, "messages are not compressed here: send them without Content-Encoding",
                [("Accept-Encoding", "identity")])
        }
        let accepted = AcceptedTypes(head)
        guard route.answersOnStream || accepted.json || accepted.stream else {
            return refuse(
                head, .accept, 406,
                "answers are JSON or event streams: send Accept: application/json, text/event-stream")
        }
        return .accept
    }

    private func refuse(
        _ head: RequestHead, _ reason: Refusal.Reason, _ status: Int, _ message: String,
        _ more: [(name: String, value: String)] = [], name: String? = nil
    ) -> RequestDecision {
        refusals.note(reason, status, head, name: name)
        return .answer(browsers.refusal(head, status, message, more))
    }
}
