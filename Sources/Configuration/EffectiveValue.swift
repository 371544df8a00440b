/// What a setting was given, and where. Its description shows no secret.
package struct EffectiveValue: Sendable {
    package let setting: Setting
    package let source: Source
    /// As given; nothing when it was given nothing and has no default. May hold a secret: show `shown`.
    let values: [String]

    package static let hidden = "(hidden)"

    /// The value, or its items, with what is or may hold a secret hidden.
    package var shown: [String] {
        let kind = setting.spec.kind
        // The URL of a proxy may hold a user and a password.
        return values.map {
            kind.isSecret || (kind == .foreign && $0.utf8.contains(UInt8(ascii: "@"))) ? Self.hidden : $0
        }
    }
}
