import Bytes
package import HTTPTypes

/// What upstream knows a caller by. Its description hides it, so that printing one by mistake shows nothing.
package enum Credential: Sendable {
    /// A key in the query, under that name.
    case queryKey(name: String, String)
    /// A bearer token in the header Authorization (RFC 6750 section 2.1).
    case bearerToken(String)
    /// A person's session in the query, under that name, besides the credential of the program that asks.
    indirect case session(name: String, String, Credential)

    /// Puts the credential where upstream looks for it.
    package func authorize(query: inout [(name: String, value: String)], fields: inout HTTPFields) {
        switch self {
        case .queryKey(let name, let key): query.append((name, key))
        case .bearerToken(let token): fields.append("Authorization", "Bearer \(token)")
        case .session(let name, let session, let credential):
            query.append((name, session))
            credential.authorize(query: &query, fields: &fields)
        }
    }

    /// The text with every occurrence of the credential replaced, for words that came from outside.
    package func removed(from text: String) -> String {
        switch self {
        case .queryKey(_, let key): Credential.removed(key, from: text)
        case .bearerToken(let token): Credential.removed(token, from: text)
        case .session(_, let session, let credential):
            credential.removed(from: Credential.removed(session, from: text))
        }
    }

    private static func removed(_ secret: String, from text: String) -> String {
        let secret = Array(secret.utf8)
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
}

extension Credential: CustomStringConvertible {
    package var description: String { "(credential)" }
}
