/// A whole response. One that was received has its content decoded (gzip undone) and its length within the client's
/// limit; one to be sent has no fields of framing, since the server adds Date, Content-Length and Connection.
package struct HTTPResponse: Equatable, Sendable {
    /// The status code, 100 to 999 (RFC 9110 section 15).
    package var status: Int
    package var fields: HTTPFields
    package var body: [UInt8]

    package init(status: Int, fields: HTTPFields = HTTPFields(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Whether the body begins as web pages do, which no API sends: something on the way has answered.
    package var isWebPage: Bool { body.first { $0 != 32 && !(9...13).contains($0) } == UInt8(ascii: "<") }
}
