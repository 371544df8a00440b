import Bytes
import MCP
import Upstream

/// What TMDB knows a person by, who has let a program act in their name.
enum AccountSession {
    /// Of version 3: goes into the query, besides the program's own credential.
    case session(String)
    /// Of version 4: stands for the program too.
    case userToken(String)

    /// Told apart by their form: 40 hexadecimal digits, or a JSON Web Token. Nil when it has the form of neither.
    init?(_ text: String) {
        let bytes = text.utf8
        if bytes.count == 40, bytes.allSatisfy({ $0.isHexDigit }) {
            self = .session(text)
        } else if bytes.count <= TMDBLimits.credentialBytesMax, Credential.isToken(text) {
            self = .userToken(text)
        } else {
            return nil
        }
    }

    /// Whose account a request is about. The session of the settings is its owner's, and serves no client that comes
    /// over HTTP.
    static func of(_ request: RequestContext, _ context: TMDBContext) -> Result<AccountSession, TMDBError> {
        let caller = request.caller
        guard let text = caller.personHeader ?? (caller.isLocal ? context.session : nil) else {
            return .failure(.noSession)
        }
        return AccountSession(text).map { .success($0) } ?? .failure(.sessionMalformed)
    }
}
