/// A revision of the Model Context Protocol that this library speaks, oldest first.
public enum ProtocolVersion: Int, CaseIterable, Sendable {
    case v2024_11_05
    case v2025_03_26
    case v2025_06_18
    case v2025_11_25
    case v2026_07_28

    /// How a client and a server agree on a revision.
    public enum Era: Equatable, Sendable {
        /// By the `initialize` handshake: what it settles holds for the session (2025-11-25 and earlier).
        case legacy
        /// By the `_meta` of each request, which is served by itself (2026-07-28 and later).
        case modern
    }

    /// The newest revision that a client can agree on with `initialize`.
    public static let newestLegacy = ProtocolVersion.v2025_11_25

    /// The revision in a client's words, or nil when this library does not speak it.
    public init?(_ text: String) {
        guard let version = ProtocolVersion.allCases.first(where: { $0.text == text }) else { return nil }
        self = version
    }

    /// The name on the wire, a date.
    public var text: String {
        switch self {
        case .v2024_11_05: "2024-11-05"
        case .v2025_03_26: "2025-03-26"
        case .v2025_06_18: "2025-06-18"
        case .v2025_11_25: "2025-11-25"
        case .v2026_07_28: "2026-07-28"
        }
    }

    public var era: Era {
        switch self {
        case .v2024_11_05, .v2025_03_26, .v2025_06_18, .v2025_11_25: .legacy
        case .v2026_07_28: .modern
        }
    }

    /// Tools carry `annotations`, progress carries a `message`, content may be audio, completion is a capability.
    var hasToolAnnotations: Bool { rawValue >= ProtocolVersion.v2025_03_26.rawValue }

    /// Names have a `title`; tools an `outputSchema`, results `structuredContent`; content may be a resource's link.
    var hasStructuredContent: Bool { rawValue >= ProtocolVersion.v2025_06_18.rawValue }

    /// What is listed may have `icons`; an implementation a `description` and a `websiteUrl`.
    var hasIcons: Bool { rawValue >= ProtocolVersion.v2025_11_25.rawValue }

    /// The schema has an error without an id; older ones leave JSON-RPC's rule, an id of null.
    var omitsUnknownID: Bool { rawValue >= ProtocolVersion.v2025_11_25.rawValue }
}
