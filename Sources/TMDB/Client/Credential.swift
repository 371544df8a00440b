import Bytes
package import HTTPTypes

/// What TMDB knows a caller by. Its description hides it, so that printing one by mistake shows nothing.
package enum Credential: Sendable {
    /// A v3 key, which TMDB takes in the query only.
    case apiKey(String)
    /// A v4 read access token, a JSON Web Token, which travels in a header.
    case readAccessToken(String)

    /// Tells the two apart by their form: a token has three parts joined by dots.
    package init(_ text: String) {
        let isToken = text.utf8.filter { $0 == UInt8(ascii: ".") }.count == 2
        self = isToken ? .readAccessToken(text) : .apiKey(text)
    }

    /// What a client sent as its own, nil when it has the form of neither: 32 hexadecimal digits, or three parts of
    /// base64url (RFC 7515 section 7.1) joined by dots.
    init?(ofCaller text: String) {
        let bytes = text.utf8
        guard bytes.count <= TMDBLimits.credentialBytesMax else { return nil }
        if bytes.count == 32, bytes.allSatisfy({ $0.isHexDigit }) {
            self = .apiKey(text)
            return
        }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Credential.isTokenByte) }) else {
            return nil
        }
        self = .readAccessToken(text)
    }

    /// Puts the credential where TMDB looks for it.
    package func authorize(query: inout [(name: String, value: String)], fields: inout HTTPFields) {
        switch self {
        case .apiKey(let key): query.append(("api_key", key))
        case .readAccessToken(let token): fields.append("Authorization", "Bearer \(token)")
        }
    }

    /// The text with every occurrence of the credential replaced, for words that came from outside.
    func removed(from text: String) -> String {
        let secret =
            switch self {
            case .apiKey(let key): Array(key.utf8)
            case .readAccessToken(let token): Array(token.utf8)
            }
        var rest = Array(text.utf8)[...]
        guard !secret.isEmpty, rest.count >= secret.count else { return text }
        var kept: [UInt8] = []
        while !rest.isEmpty {
            if rest.starts(with: secret) {
                kept += "[hidden]".utf8
                rest = rest.dropFirst(secret.count)
            } else {
                kept.append(rest.removeFirst())
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}

extension Credential: CustomStringConvertible {
    package var description: String { "(credential)" }
}
