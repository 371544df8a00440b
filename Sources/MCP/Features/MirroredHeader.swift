import Bytes
public import JSON

/// An argument that HTTP clients repeat in a header, so that proxies can route by it: the extension `x-mcp-header` of a
/// schema (2026-07-28, basic/transports/streamable-http, Custom Headers from Tool Parameters).
public struct MirroredHeader: Equatable, Sendable {
    private static let keyword = "x-mcp-header"

    /// The whole name of the header, "Mcp-Param-…".
    public let name: String
    /// The names of the members that lead from the arguments to the value.
    private let path: [String]

    /// The value in the arguments of a call; nil when there is none, or null.
    public func value(in arguments: JSONObject) -> JSONValue? {
        var value: JSONValue? = .object(arguments)
        for member in path { value = value?[member] }
        // Where a JSON value is asked for, the literal nil is null.
        guard let value, !value.isNull else { return nil }
        return value
    }

    /// All that a schema holds, directly or in its properties.
    static func all(in schema: JSONValue, at path: [String]) -> [MirroredHeader] {
        var headers: [MirroredHeader] = []
        if let name = schema[keyword]?.string { headers.append(MirroredHeader(name: "Mcp-Param-\(name)", path: path)) }
        for (name, property) in schema["properties"]?.object ?? [:] {
            headers += all(in: property, at: path + [name])
        }
        return headers
    }
}
