import JSON

/// How long and by whom an answer may be kept (2026-07-28, server/utilities/caching).
public struct CacheHint: Equatable, Sendable {
    public enum Scope: Equatable, Sendable {
        /// The same for every user.
        case everyone
        /// For the user who asked.
        case oneUser
    }

    public let milliseconds: Int64
    public let scope: Scope

    public init(milliseconds: Int64, _ scope: Scope) {
        self.milliseconds = milliseconds
        self.scope = scope
    }

    public static let none = CacheHint(milliseconds: 0, .oneUser)

    /// For what stays the same until the server is replaced: an hour.
    static let fixed = CacheHint(milliseconds: 3_600_000, .everyone)

    func add(to object: inout JSONObject) {
        object.set("ttlMs", to: .number(JSONNumber(milliseconds)))
        object.set("cacheScope", to: scope == .everyone ? "public" : "private")
    }
}
