import Bytes
package import Upstream

extension Credential {
    /// Of a v3 key, which TMDB takes in the query only, or a v4 read access token, a JSON Web Token, which travels in a
    /// header: a token has three parts joined by dots.
    package init(_ text: String) {
        let isToken = text.utf8.filter { $0 == UInt8(ascii: ".") }.count == 2
        self = isToken ? .bearerToken(text) : .queryKey(name: "api_key", text)
    }

    /// What a client sent as its own, nil when it has the form of neither: 32 hexadecimal digits, or three parts of
    /// base64url (RFC 7515 section 7.1) joined by dots.
    init?(ofCaller text: String) {
        let bytes = text.utf8
        guard bytes.count <= TMDBLimits.credentialBytesMax else { return nil }
        guard bytes.count == 32 && bytes.allSatisfy({ $0.isHexDigit }) || Credential.isToken(text) else { return nil }
        self.init(text)
    }

    /// Whether the text has the form of a v4 token.
    static func isToken(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 3 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(Credential.isTokenByte) }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
