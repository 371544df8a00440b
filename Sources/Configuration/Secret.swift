/// Text that must not be shown: its description hides it, so that printing one by mistake prints nothing of it.
package struct Secret: Sendable {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// The text itself, for the one place that must send it.
    package func reveal() -> String { text }
}

extension Secret: CustomStringConvertible {
    package var description: String { "(secret)" }
}
