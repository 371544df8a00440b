/// A whole response that is known at once.
package struct Response {
    package var status: Int
    package var fields: ResponseFields
    package var body: [UInt8]

    package init(status: Int, _ fields: ResponseFields = ResponseFields(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    package init(status: Int, _ fields: ResponseFields = ResponseFields(), text: String) {
        self.init(status: status, fields, body: Array(text.utf8))
    }
}
