/// A request without a body, for an HTTP client to send.
package struct HTTPRequest: Equatable, Sendable {
    package var method: HTTPMethod
    /// An absolute `http` or `https` URL, percent-encoded. Its query may hold a key: never show it.
    package var url: String
    package var headers: HTTPFields

    package init(method: HTTPMethod = .get, url: String, headers: HTTPFields = HTTPFields()) {
        self.method = method
        self.url = url
        self.headers = headers
    }
}
