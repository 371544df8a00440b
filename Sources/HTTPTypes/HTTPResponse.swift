/// A whole response: its content decoded (gzip undone), its length within the client's limit.
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
}
