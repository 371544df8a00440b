import Bytes
public import JSON

/// What stands in a resource, or a part of it.
public struct ResourceContents: Equatable, Sendable {
    public enum Body: Equatable, Sendable {
        case text(String)
        /// Base64.
        case blob(String)
    }

    public let uri: String
    public let mimeType: String?
    public let body: Body

    public init(uri: String, mimeType: String?, _ body: Body) {
        self.uri = uri
        self.mimeType = mimeType
        self.body = body
    }

    public var json: JSONValue {
        var object: JSONObject = ["uri": .string(uri)]
        if let mimeType { object.set("mimeType", to: .string(mimeType)) }
        switch body {
        case .text(let text): object.set("text", to: .string(text))
        case .blob(let blob): object.set("blob", to: .string(blob))
        }
        return .object(object)
    }
}
