extension JSONValue {
    /// Parses a text that holds one value and nothing else but whitespace (RFC 8259, section 2).
    ///
    /// Where the RFC leaves a choice:
    /// - a byte order mark is refused;
    /// - of members with the same key the last value wins, in the place of the first: ECMAScript and most others do so,
    ///   and a proxy that checked the text must not have seen another value;
    /// - a number is what ``JSONNumber`` can hold; one too large for a `Double` is refused, one too small becomes the
    ///   nearest `Double`, which may be zero.
    public init(
        parsing bytes: Span<UInt8>,
        limits: JSONLimits = JSONLimits(),
        invalidText: InvalidTextPolicy = .refuse
    ) throws(JSONError) {
        var parser = JSONParser(bytes, limits: limits, invalidText: invalidText)
        self = try parser.document()
    }

    public init(
        parsing bytes: [UInt8],
        limits: JSONLimits = JSONLimits(),
        invalidText: InvalidTextPolicy = .refuse
    ) throws(JSONError) {
        try self.init(parsing: bytes.span, limits: limits, invalidText: invalidText)
    }

    public init(
        parsing text: String,
        limits: JSONLimits = JSONLimits(),
        invalidText: InvalidTextPolicy = .refuse
    ) throws(JSONError) {
        try self.init(parsing: text.utf8.span, limits: limits, invalidText: invalidText)
    }
}
