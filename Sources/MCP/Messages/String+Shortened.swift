extension String {
    /// At most `MCPLimits.quoteMax` scalars, for messages that repeat what a client sent. One character can have any
    /// number of them.
    var shortened: String { shortened(to: MCPLimits.quoteMax) }

    func shortened(to count: Int) -> String {
        let kept = unicodeScalars.prefix(count)
        return kept.endIndex == unicodeScalars.endIndex ? self : String(kept) + "…"
    }
}
