import Bytes
import Configuration
import System

/// What HTTP clients must send, and where a person finds it: a setting, or a file.
struct ClientToken {
    let secret: Secret
    let place: String

    /// Makes one where none is set: nobody should get in without one.
    init(_ configuration: Configuration, _ log: Log) throws(SystemError) {
        if let token = configuration.token {
            secret = token
            place = configuration.source(of: .token).description
            return
        }
        let made = try TokenStore.obtain(path: configuration.filePath)
        secret = made.token
        switch made.place {
        case .file(let path): place = "\(path): server.sse.token"
        case .nowhere(let reason):
            place = "nowhere"
            // Whatever the level: who starts the server learns it nowhere else.
            log.write(
                .error,
                "cannot keep a token for HTTP clients (\(reason)): set one in SSE_TOKEN, or name a file that holds one "
                    + "in SSE_TOKEN_FILE; until the server stops it is \(secret.reveal())")
        }
    }
}
