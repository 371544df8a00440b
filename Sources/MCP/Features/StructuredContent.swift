import Bytes
public import JSON

/// What a tool answers, as the bytes that go to clients.
public struct StructuredContent: Equatable, Sendable {
    /// Compact JSON of an object.
    public let json: [UInt8]
    /// The same as it stands between the quotes of a JSON string, once it is prepared.
    private var escaped: [UInt8]?

    /// - Parameter json: compact JSON of an object.
    public init(json: [UInt8]) { self.json = json }

    public init(_ value: JSONValue) { self.init(json: value.serialized()) }

    /// The bytes that it takes.
    public var byteCount: Int { json.count + (escaped?.count ?? 0) }

    /// The same, to be sent many times.
    public var prepared: StructuredContent {
        var text: [UInt8] = []
        text.append(escaping: json.span)
        var content = StructuredContent(json: StructuredContent.exact(json))
        content.escaped = StructuredContent.exact(text)
        return content
    }

    /// The bytes without the room that was made for more.
    private static func exact(_ bytes: [UInt8]) -> [UInt8] {
        var exact: [UInt8] = []
        exact.reserveCapacity(bytes.count)
        exact.append(copying: bytes.span)
        return exact
    }

    /// Appends the members of a result (CallToolResult in the schema), without its braces: the content as JSON, and as
    /// text for clients that read that alone (2025-11-25, server/tools, Structured ContentBlock).
    ///
    /// - Parameter isTextAlone: without `structuredContent`.
    func write(into bytes: inout [UInt8], isTextAlone: Bool) {
        bytes.append(contentsOf: "\"content\":[{\"type\":\"text\",\"text\":\"".utf8)
        if let escaped { bytes.append(copying: escaped.span) } else { bytes.append(escaping: json.span) }
        bytes.append(contentsOf: "\"}]".utf8)
        if isTextAlone { return }
        bytes.append(contentsOf: ",\"structuredContent\":".utf8)
        bytes.append(copying: json.span)
    }
}
