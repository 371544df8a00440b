import Bytes
import Configuration
import System

/// The settings of systemd's service, as its unit has them. Who looks after it runs `check`, `config` and `token`
/// without its surroundings: they speak of the service where no other settings are there, and its files can be read,
/// which root alone can.
enum ServiceFiles {
    private static let folder = "/etc/tmdb-mcp"
    private static let home = "/var/lib/tmdb-mcp"
    private static let bytesMax = 256 << 10

    /// The variables that the service is started with; nil where others are meant.
    static func environment(_ arguments: CommandLineArguments) -> ((String) -> String?)? {
        switch arguments.command {
        case .check, .config, .token: break
        case .serve, .tools, .call, .healthcheck, .completions, .man, .version, .help: return nil
        }
        let own = [
            "TMDB_API_KEY", "TMDB_API_KEY_FILE", "SSE_TOKEN", "SSE_TOKEN_FILE", "TMDB_MCP_CONFIG",
            "CREDENTIALS_DIRECTORY",
        ]
        guard arguments.value(of: .configFile) == nil, own.allSatisfy({ CurrentProcess.environment($0) == nil }),
            !hasOwnFile
        else { return nil }
        let file = try? FileReader.read(path: folder + "/environment", bytesMax: bytesMax)
        guard file != nil || (try? FileReader.read(path: folder + "/tmdb-api-key", bytesMax: bytesMax)) != nil else {
            return nil
        }
        CurrentProcess.complain("of the service: \(folder)/environment, \(folder)/tmdb-api-key and what is in \(home)")
        let variables = variables(file ?? [])
        return { name in
            switch name {
            case "HOME": home
            // The files there have the names of the credentials.
            case "CREDENTIALS_DIRECTORY": folder
            default:
                variables.last { $0.name == name }?.value ?? CurrentProcess.environment(name)
                    ?? (name == "SERVER_MODE" ? "sse" : nil)
            }
        }
    }

    private static var hasOwnFile: Bool {
        guard let home = CurrentProcess.environment("HOME") else { return false }
        return FileStamp(path: home + "/.tmdb-mcp/config.yaml") != nil
    }

    /// systemd.exec(5), EnvironmentFile=, but for values of several lines.
    private static func variables(_ file: [UInt8]) -> [(name: String, value: String)] {
        var variables: [(name: String, value: String)] = []
        for line in file.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self).trimmed
            guard let first = text.utf8.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";"),
                let sign = text.utf8.firstIndex(of: UInt8(ascii: "="))
            else { continue }
            var value = String(text[text.utf8.index(after: sign)...]).trimmed
            if let mark = value.utf8.first, mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'"),
                value.utf8.count > 1, value.utf8.last == mark
            {
                value = String(value.dropFirst().dropLast())
            }
            variables.append((String(text[..<sign]), value))
        }
        return variables
    }
}
