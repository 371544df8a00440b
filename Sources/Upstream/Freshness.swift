import Bytes
import HTTPTypes

/// How long a response may be stored (Cache-Control, RFC 9111). The cache is a shared one: entries belong to one
/// credential, but the server's own credential serves many people.
struct Freshness: Equatable {
    /// The response must not be stored.
    let noStore: Bool
    /// The freshness lifetime in seconds, counted from its birth. 0 where the fields say nothing: an API
    /// that wants its responses stored says so, and what something else has answered is not worth storing.
    let seconds: Int64
    /// It must not be served stale, whatever happens (section 5.2.2.2).
    let mustRevalidate: Bool
    /// Whether the fields said anything of it.
    let isGiven: Bool

    init(_ fields: HTTPFields) {
        var maxAge: Int64?
        var sharedAge: Int64?
        var noStore = fields.values(of: "Vary").contains { $0.utf8.contains(UInt8(ascii: "*")) }
        var mustAsk = false
        var mustRevalidate = false
        var isGiven = false
        for value in fields.values(of: "Cache-Control") {
            let bytes = value.utf8.span
            var start = 0
            while start < bytes.count {
                let end = bytes.firstIndex(of: UInt8(ascii: ","), from: start) ?? bytes.count
                isGiven = isGiven || end > start
                let directive = Directive(bytes.extracting(start..<end))
                start = end + 1
                if directive.isNamed("no-store") || directive.isNamed("private") {
                    noStore = true
                } else if directive.isNamed("no-cache") {
                    mustAsk = true
                } else if directive.isNamed("must-revalidate") || directive.isNamed("proxy-revalidate") {
                    mustRevalidate = true
                } else if directive.isNamed("max-age") {
                    // Of two the shorter one; one that cannot be read is none.
                    maxAge = min(maxAge ?? .max, directive.seconds)
                } else if directive.isNamed("s-maxage") {
                    sharedAge = min(sharedAge ?? .max, directive.seconds)
                }
            }
        }
        self.noStore = noStore
        self.mustRevalidate = mustRevalidate || mustAsk || sharedAge != nil
        self.isGiven = isGiven
        seconds = mustAsk ? 0 : min(sharedAge ?? maxAge ?? 0, UpstreamLimits.ageSecondsMax)
    }

    /// The age of a response when it arrives, in seconds (section 5.1).
    static func age(_ fields: HTTPFields) -> Int64 {
        guard let value = fields["Age"], let age = RetryAfter.number(Array(value.utf8)[...]) else { return 0 }
        return min(age, UpstreamLimits.ageSecondsMax)
    }

    /// One of Cache-Control: a name in any case, and perhaps an argument, which may stand between quotes.
    private struct Directive: ~Escapable {
        private let name: Span<UInt8>
        private let argument: Span<UInt8>

        @_lifetime(copy bytes)
        init(_ bytes: Span<UInt8>) {
            let bytes = bytes.extracting(bytes.trimmed)
            let end = bytes.firstIndex(of: UInt8(ascii: "="), from: 0) ?? bytes.count
            name = bytes.extracting(0..<end)
            argument = bytes.extracting(min(end + 1, bytes.count)..<bytes.count)
        }

        func isNamed(_ lowercase: String) -> Bool { name.equalsIgnoringCase(lowercase) }

        /// 0 for what cannot be read.
        var seconds: Int64 {
            var digits: [UInt8] = []
            digits.append(copying: argument)
            var rest = digits[...].drop { $0 == UInt8(ascii: "\"") }
            while rest.last == UInt8(ascii: "\"") { rest.removeLast() }
            return RetryAfter.number(rest) ?? 0
        }
    }
}
