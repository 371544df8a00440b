import HTTPTypes
import Bytes
import HTTPServer

/// What web pages may do: the Fetch standard's CORS protocol, for the origins that are allowed.
struct BrowserRules {
    private let origins: OriginRule
    private let maxAge: String

    init(_ configuration: HTTPTransportConfiguration) {
        origins = configuration.origins
        maxAge = "\(configuration.limits.preflightSeconds)"
    }

    /// A request without Origin comes from no page.
    func allows(_ head: RequestHead) -> Bool { head.value(of: .origin).map { origins.allows($0) } ?? true }

    /// Lets the page that sent the request read the answer.
    func permit(_ head: RequestHead, _ fields: inout HTTPFields) {
        guard let origin = head.value(of: .origin), origins.allows(origin) else { return }
        fields.append("Access-Control-Allow-Origin", origin)
        fields.append("Access-Control-Expose-Headers", "Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate")
        fields.append("Vary", "Origin")
    }

    /// A refusal that the page may read.
    @inline(never)  // would be copied for each that refuses
    func refusal(
        _ head: RequestHead, _ status: Int, _ message: String, _ more: [(name: String, value: String)]
    ) -> HTTPResponse {
        var answer = HTTPResponse.refusal(status, message, more)
        permit(head, &answer.fields)
        return answer
    }

    /// The answer to OPTIONS: what the path takes, and what a page may send there.
    func preflight(_ head: RequestHead, _ route: Route) -> HTTPResponse {
        var fields = HTTPFields([("Allow", route.allowed)])
        permit(head, &fields)
        if head.has(.origin), head.has(.accessControlRequestMethod) {
            fields.append("Access-Control-Allow-Methods", route.allowed)
            if let names = head.value(of: .accessControlRequestHeaders) {
                // Whatever the page asks for: fields that mean nothing here do no harm, and Mcp-Param-* has no end.
                fields.append("Access-Control-Allow-Headers", names)
            }
            fields.append("Access-Control-Max-Age", maxAge)
        }
        return HTTPResponse(status: 204, fields: fields)
    }
}
