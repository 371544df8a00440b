/// A GET request, for an HTTP client to send.
package struct HTTPRequest: Equatable, Sendable {
    /// An absolute `http` or `https` URL, percent-encoded. Its query may hold a key: never show it.
    package var url: String
    package var headers: HTTPFields

    package init(url: String, headers: HTTPFields = HTTPFields()) {
        self.url = url
        self.headers = headers
    }
}
