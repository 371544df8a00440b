import JSON

/// A picture for user interfaces (2025-11-25, basic/index, Icons).
public struct Icon: Sendable {
    /// Where the picture is: an https or data URI.
    public let source: String
    public let mimeType: String?
    /// Such as "48x48", or "any" for pictures that scale.
    public let sizes: [String]

    public init(source: String, mimeType: String? = nil, sizes: [String] = []) {
        self.source = source
        self.mimeType = mimeType
        self.sizes = sizes
    }

    private var json: JSONValue {
        var object: JSONObject = ["src": .string(source)]
        if let mimeType { object.set("mimeType", to: .string(mimeType)) }
        if !sizes.isEmpty { object.set("sizes", to: .array(sizes.map { .string($0) })) }
        return .object(object)
    }

    static func add(_ icons: [Icon], to object: inout JSONObject, for version: ProtocolVersion) {
        guard version.hasIcons, !icons.isEmpty else { return }
        object.set("icons", to: .array(icons.map { $0.json }))
    }
}
