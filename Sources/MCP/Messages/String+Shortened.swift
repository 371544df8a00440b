extension String {
    /// At most `Limits.quoteMax` scalars, for messages that repeat what a client sent. One character can have any
    /// number of them.
    var shortened: String { shortened(to: Limits.quoteMax) }

    func shortened(to count: Int) -> String {
        let kept = unicodeScalars.prefix(count)
        return kept.endIndex == unicodeScalars.endIndex ? self : String(kept) + "…"
    }
}
