import Bytes
package import JSON

/// What stands in a resource, or a part of it.
package struct ResourceContents: Equatable, Sendable {
    package enum Body: Equatable, Sendable {
        case text(String)
        /// Base64.
        case blob(String)
    }

    package let uri: String
    package let mimeType: String?
    package let body: Body

    package init(uri: String, mimeType: String?, _ body: Body) {
        self.uri = uri
        self.mimeType = mimeType
        self.body = body
    }

    package var json: JSONValue {
        var object: JSONObject = ["uri": .string(uri)]
        if let mimeType { object.set("mimeType", to: .string(mimeType)) }
        switch body {
        case .text(let text): object.set("text", to: .string(text))
        case .blob(let blob): object.set("blob", to: .string(blob))
        }
        return .object(object)
    }
}
