/// What a parser does with strings that are not Unicode text: bytes that are not UTF-8, and escapes such as `\ud800`
/// that give half of a surrogate pair.
public enum InvalidTextPolicy: Sendable {
    /// The text is refused.
    case refuse
    /// U+FFFD takes the place of each maximal subpart of an ill-formed sequence, as in the WHATWG's UTF-8 decoder, and
    /// of each lone surrogate.
    case replace
    /// As `replace`, and without what is hidden in texts, which models would read: `Unicode.Scalar.isHidden`.
    case clean
}
