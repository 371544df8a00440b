/// What a user can set. The table below makes the parsing, the checks, the messages and the help, so that they cannot
/// differ.
package enum Setting: CaseIterable, Sendable {
    case configFile
    case mode
    case apiKey
    case baseURL
    case timeout
    case host
    case port
    case token
    case allowedOrigins
    case allowedHosts
    case sessionTimeout
    case caFile
    case proxy
    case noProxy

    package var declaration: Declaration {
        switch self {
        case .configFile:
            Declaration(
                flag: "--config", placeholder: "FILE", variables: ["TMDB_MCP_CONFIG"], kind: .path,
                summary: "the config file (YAML), if not \(ConfigFile.defaultPlace)")
        case .mode:
            Declaration(
                flag: "--server-mode", placeholder: "MODE", variables: ["SERVER_MODE"], key: "server.mode",
                defaultText: ServerMode.both.name, kind: .mode,
                summary: "stdio, sse (HTTP) or both")
        case .apiKey:
            Declaration(
                flag: "--tmdb-api-key", placeholder: "KEY", variables: ["TMDB_API_KEY"],
                fileVariable: "TMDB_API_KEY_FILE", key: "tmdb.api_key", kind: .apiKey,
                summary: "your TMDB v3 API key or v4 read access token")
        case .baseURL:
            Declaration(
                flag: "--tmdb-base-url", placeholder: "URL", variables: ["TMDB_BASE_URL"], key: "tmdb.base_url",
                defaultText: "https://api.themoviedb.org/3", kind: .url,
                summary: "where TMDB's API answers, version 3")
        case .timeout:
            Declaration(
                flag: "--tmdb-timeout", placeholder: "SECONDS", variables: ["TMDB_TIMEOUT"], key: "tmdb.timeout",
                defaultText: "20", kind: .seconds(Limits.timeoutSeconds),
                summary: "seconds that a request to TMDB may take, 1 to 300")
        case .host:
            Declaration(
                flag: "--sse-host", placeholder: "ADDRESS", variables: ["SERVER_SSE_HOST"], key: "server.sse.host",
                defaultText: "127.0.0.1", kind: .address,
                summary: "the address to serve HTTP on; 0.0.0.0 or :: for all of the machine")
        case .port:
            Declaration(
                flag: "--sse-port", placeholder: "PORT", variables: ["SERVER_SSE_PORT", "PORT"],
                key: "server.sse.port", defaultText: "8910", kind: .port,
                summary: "the port to serve HTTP on; 0 for any free one")
        case .token:
            Declaration(
                flag: "--sse-token", placeholder: "TOKEN", variables: ["SSE_TOKEN"], fileVariable: "SSE_TOKEN_FILE",
                key: "server.sse.token", kind: .token,
                summary: "what HTTP clients have to send; made and kept when there is none")
        case .allowedOrigins:
            Declaration(
                flag: "--allowed-origins", placeholder: "LIST", variables: ["ALLOWED_ORIGINS"],
                key: "server.sse.allowed_origins", kind: .origins,
                summary: "origins of web pages that may ask, joined by commas; * for all")
        case .allowedHosts:
            Declaration(
                flag: "--allowed-hosts", placeholder: "LIST", variables: ["ALLOWED_HOSTS"],
                key: "server.sse.allowed_hosts", kind: .hosts,
                summary: "names that the server is asked by, besides this machine's own; * for all")
        case .sessionTimeout:
            Declaration(
                flag: "--session-timeout", placeholder: "SECONDS", variables: ["SESSION_TIMEOUT"],
                key: "server.sse.session_timeout", defaultText: "1800", kind: .seconds(Limits.sessionTimeoutSeconds),
                summary: "seconds after which an idle HTTP session ends, 1 to 86400")
        case .caFile:
            Declaration(
                variables: ["SSL_CERT_FILE"], kind: .path,
                summary: "certificate authorities to trust instead of the built-in ones (PEM)")
        case .proxy:
            Declaration(
                variables: ["HTTPS_PROXY"], kind: .foreign,
                summary: "the proxy for requests to TMDB, such as http://proxy.example:3128")
        case .noProxy:
            Declaration(
                variables: ["NO_PROXY"], kind: .foreign,
                summary: "hosts that are asked without the proxy, joined by commas")
        }
    }
}
