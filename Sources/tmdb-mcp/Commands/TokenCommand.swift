import Bytes
import Configuration
import System

/// `token`: where the token for HTTP clients is, or what it is.
enum TokenCommand {
    static func run(_ arguments: CommandLineArguments, _ configuration: Configuration) -> CurrentProcess.ExitStatus {
        for line in configuration.warnings { CurrentProcess.complain(line) }
        let renews = arguments.has("--new")
        if let token = configuration.token {
            let source = configuration.source(of: .token)
            guard renews else {
                CurrentProcess.show((arguments.has("--show") ? token.reveal() : source.description) + "\n")
                return .success
            }
            guard case .file = source else {
                let place = source.description
                CurrentProcess.complain("the token comes from \(place), which --new cannot change: change it there")
                return .failure
            }
        }
        return make(configuration, renews: renews)
    }

    /// Makes one, keeps it and prints it alone, so that a script can take it.
    private static func make(_ configuration: Configuration, renews: Bool) -> CurrentProcess.ExitStatus {
        do throws(SystemError) {
            let made = try TokenStore.obtain(path: configuration.filePath, renews: renews)
            switch made.place {
            case .file(let path):
                CurrentProcess.complain(
                    "the new token is kept in \(path), server.sse.token; a server that has its token from there takes "
                        + "it with the next request, and the one before lets nobody in then")
                CurrentProcess.show(made.token.reveal() + "\n")
                return .success
            case .nowhere(let reason):
                CurrentProcess.complain(
                    "cannot keep a token (\(reason)): nothing was changed; set one in SSE_TOKEN or SSE_TOKEN_FILE")
                return .failure
            }
        } catch {
            CurrentProcess.complain("the system gives no random bytes: \(error.message)")
            return .failure
        }
    }
}
