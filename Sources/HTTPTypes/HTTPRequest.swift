/// A request, for an HTTP client to send.
package struct HTTPRequest: Equatable, Sendable {
    /// An absolute `http` or `https` URL, percent-encoded. Its query may hold a key: never show it.
    package var url: String
    package var headers: HTTPFields
    package var method: HTTPMethod
    /// Empty for none. Its type is one of the headers.
    package var body: [UInt8]

    package init(url: String, headers: HTTPFields = HTTPFields(), method: HTTPMethod = .get, body: [UInt8] = []) {
        self.url = url
        self.headers = headers
        self.method = method
        self.body = body
    }
}
