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
            for directive in value.utf8.split(separator: UInt8(ascii: ",")) {
                isGiven = true
                let (name, argument) = Freshness.parts(Array(directive))
                switch name {
                case "no-store", "private": noStore = true
                case "no-cache": mustAsk = true
                case "must-revalidate", "proxy-revalidate": mustRevalidate = true
                // Of two the shorter one; one that cannot be read is none.
                case "max-age": maxAge = min(maxAge ?? .max, RetryAfter.number(argument) ?? 0)
                case "s-maxage": sharedAge = min(sharedAge ?? .max, RetryAfter.number(argument) ?? 0)
                default: break
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

    /// The name of a directive in lowercase letters, and its argument without quotes.
    private static func parts(_ directive: [UInt8]) -> (name: String, argument: ArraySlice<UInt8>) {
        let trimmed = trim(directive[...]) { $0.isSpaceOrTab }
        let end = trimmed.firstIndex(of: UInt8(ascii: "=")) ?? trimmed.endIndex
        let name = trimmed[..<end].map { $0.asciiLowercased }
        return (
            String(decoding: name, as: UTF8.self), trim(trimmed[end...].dropFirst()) { $0 == UInt8(ascii: "\"") }
        )
    }

    private static func trim(_ bytes: ArraySlice<UInt8>, _ isTrimmed: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: isTrimmed)
        while let last = bytes.last, isTrimmed(last) { bytes.removeLast() }
        return bytes
    }
}
