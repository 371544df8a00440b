import HTTPTypes

/// Field lines of a response as they are sent. Made once, one can serve many responses at the price of a copy.
///
/// The server itself sends Date, Content-Length, Transfer-Encoding and Connection: they do not belong here.
package struct ResponseFields {
    private(set) var lines: [UInt8] = []

    package init() {}

    package init(_ fields: [(name: String, value: String)]) {
        for field in fields { append(field.name, field.value) }
    }

    /// Adds a field. One that is not well-formed, and could end its line and begin another, is left out; false then.
    @discardableResult
    package mutating func append(_ name: String, _ value: String) -> Bool {
        guard HTTPField(name: name, value: value).isWellFormed else { return false }
        lines.append(contentsOf: name.utf8)
        lines.append(contentsOf: ": ".utf8)
        lines.append(contentsOf: value.utf8)
        lines.append(contentsOf: "\r\n".utf8)
        return true
    }
}
