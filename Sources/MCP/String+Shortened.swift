extension String {
    /// At most `Limits.quoteMax` scalars, for messages that repeat what a client sent. One character can have any
    /// number of them.
    var shortened: String {
        let kept = unicodeScalars.prefix(Limits.quoteMax)
        return kept.endIndex == unicodeScalars.endIndex ? self : String(kept) + "…"
    }
}
