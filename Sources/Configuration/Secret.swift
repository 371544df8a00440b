import Bytes

/// Text that must not be shown: its description hides it, so that printing one by mistake prints nothing of it.
package struct Secret: Sendable {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// A token for HTTP clients, if the text can be one.
    package init?(token text: String) {
        guard ConfigurationLimits.tokenBytes.contains(text.utf8.count), text.isVisibleASCII else { return nil }
        self.init(text)
    }

    /// What TMDB knows a user by, if the text can be it.
    init?(apiKey text: String) {
        guard !text.isEmpty, text.isVisibleASCII, !text.isQuoted else { return nil }
        self.init(text)
    }

    /// The text itself, for the one place that must send it.
    package func reveal() -> String { text }

    package func isSame(as other: Secret?) -> Bool { other.map { $0.text.utf8.elementsEqual(text.utf8) } ?? false }
}

extension Secret: CustomStringConvertible {
    package var description: String { "(secret)" }
}
