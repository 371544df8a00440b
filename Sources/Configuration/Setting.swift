import Bytes

/// What a user can set. The table below makes the parsing, the checks, the messages and the help, so that they cannot
/// differ.
package enum Setting: CaseIterable, Sendable {
    case configFile
    case mode
    case apiKey
    case baseURL
    case language
    case region
    case timeout
    case rateLimit
    case connections
    case cacheSize
    case session
    case omdbKey
    case omdbBaseURL
    case tools
    case results
    case argumentNames
    case host
    case port
    case token
    case allowedOrigins
    case allowedHosts
    case trustedProxies
    case pathPrefix
    case tokenInPath
    case sessionTimeout
    case drainTime
    case loggingLevel
    case loggingFormat
    case caFile
    case proxy
    case noProxy

    static let modes = ServerMode.allCases.map { $0.name } + [ServerMode.automatic]
    static let resultForms = ["structured", "text"]

    package var spec: SettingSpec {
        switch self {
        case .configFile:
            SettingSpec(
                flag: "--config", placeholder: "FILE", variables: ["TMDB_MCP_CONFIG"], kind: .path,
                summary: "the config file (YAML), if not \(ConfigFile.defaultPlace)")
        case .mode:
            SettingSpec(
                flag: "--server-mode", placeholder: "MODE", variables: ["SERVER_MODE"], key: "server.mode",
                defaultText: ServerMode.automatic, kind: .choice(Setting.modes),
                summary: "stdio, sse (HTTP), both, or auto: stdio for a client that starts it, else both")
        case .apiKey:
            SettingSpec(
                flag: "--tmdb-api-key", placeholder: "KEY", variables: ["TMDB_API_KEY"],
                fileVariable: "TMDB_API_KEY_FILE", credential: "tmdb-api-key", key: "tmdb.api_key", kind: .apiKey,
                summary: "your TMDB v3 API key or v4 read access token")
        case .baseURL:
            SettingSpec(
                flag: "--tmdb-base-url", placeholder: "URL", variables: ["TMDB_BASE_URL"], key: "tmdb.base_url",
                defaultText: "https://api.themoviedb.org/3", kind: .url,
                summary: "base URL of TMDB's API, version 3")
        case .language:
            SettingSpec(
                flag: "--tmdb-language", placeholder: "LANGUAGE", variables: ["TMDB_LANGUAGE"], key: "tmdb.language",
                defaultText: "en-US", kind: .language,
                summary: "the language of titles and texts when a call names none, such as de or pt-BR")
        case .region:
            SettingSpec(
                flag: "--tmdb-region", placeholder: "COUNTRY", variables: ["TMDB_REGION"], key: "tmdb.region",
                kind: .region,
                summary: "the country of offers and ratings when a call names none, such as DE or US")
        case .timeout:
            SettingSpec(
                flag: "--tmdb-timeout", placeholder: "SECONDS", variables: ["TMDB_TIMEOUT"], key: "tmdb.timeout",
                defaultText: "20", kind: .number(ConfigurationLimits.timeoutSeconds, of: "seconds"),
                summary: "seconds that a call may wait for TMDB, retries included, 1 to 300")
        case .rateLimit:
            SettingSpec(
                flag: "--tmdb-rate-limit", placeholder: "REQUESTS", variables: ["TMDB_RATE_LIMIT"],
                key: "tmdb.rate_limit", defaultText: "40",
                kind: .number(ConfigurationLimits.rateLimit, of: "requests a second"),
                summary: "requests to TMDB a second at most, 1 to 1000000")
        case .connections:
            SettingSpec(
                flag: "--tmdb-connections", placeholder: "COUNT", variables: ["TMDB_CONNECTIONS"],
                key: "tmdb.connections", defaultText: "8",
                kind: .number(ConfigurationLimits.connections, of: "connections"),
                summary: "connections to TMDB at most, and so requests at once, 1 to 64")
        case .cacheSize:
            SettingSpec(
                flag: "--tmdb-cache-size", placeholder: "MEGABYTES", variables: ["TMDB_CACHE_SIZE"],
                key: "tmdb.cache_size", defaultText: "16",
                kind: .number(ConfigurationLimits.cacheMegabytes, of: "megabytes"),
                summary: "megabytes of TMDB's responses to cache in memory, 0 (none) to 1024")
        case .session:
            SettingSpec(
                variables: ["TMDB_SESSION"], fileVariable: "TMDB_SESSION_FILE", credential: "tmdb-session",
                key: "tmdb.session", kind: .otherKey,
                summary: "your TMDB session id or v4 user token, for the tools of the set account over stdio")
        case .omdbKey:
            SettingSpec(
                variables: ["OMDB_API_KEY"], fileVariable: "OMDB_API_KEY_FILE", credential: "omdb-api-key",
                key: "omdb.api_key", kind: .otherKey,
                summary: "your key of OMDb, for ratings of IMDb, Rotten Tomatoes and Metacritic")
        case .omdbBaseURL:
            SettingSpec(
                variables: ["OMDB_BASE_URL"], key: "omdb.base_url", defaultText: "https://www.omdbapi.com", kind: .url,
                summary: "base URL of OMDb's API")
        case .tools:
            SettingSpec(
                flag: "--tools", placeholder: "LIST", variables: ["TMDB_MCP_TOOLS"], key: "tools", defaultText: "all",
                kind: .tools, summary: "the tools to offer, by name or set, joined by commas; all for every one")
        case .results:
            SettingSpec(
                flag: "--results", placeholder: "FORM", variables: ["TMDB_MCP_RESULTS"], key: "results",
                defaultText: "structured", kind: .choice(Setting.resultForms),
                summary: "the form of results: structured (text, and data with a schema) or text (alone)")
        case .argumentNames:
            SettingSpec(
                flag: "--argument-names", placeholder: "SPELLING", variables: ["TMDB_MCP_ARGUMENT_NAMES"],
                key: "argument_names", defaultText: "dots", kind: .choice(["dots", "underscores"]),
                summary: "how clients are shown arguments such as vote_average.gte: dots or underscores")
        case .host:
            SettingSpec(
                flag: "--sse-host", placeholder: "ADDRESS", variables: ["SERVER_SSE_HOST"], key: "server.sse.host",
                defaultText: "127.0.0.1", kind: .address,
                summary: "the address to serve HTTP on; 0.0.0.0 or :: for all of the machine")
        case .port:
            SettingSpec(
                flag: "--sse-port", placeholder: "PORT", variables: ["SERVER_SSE_PORT", "PORT"],
                key: "server.sse.port", defaultText: "8910", kind: .port,
                summary: "the port to serve HTTP on; 0 for any free one")
        case .token:
            SettingSpec(
                flag: "--sse-token", placeholder: "TOKEN", variables: ["SSE_TOKEN"], fileVariable: "SSE_TOKEN_FILE",
                credential: "sse-token", key: "server.sse.token", kind: .token,
                summary: "the token HTTP clients must send; generated and stored if there is none")
        case .allowedOrigins:
            SettingSpec(
                flag: "--allowed-origins", placeholder: "LIST", variables: ["ALLOWED_ORIGINS"],
                key: "server.sse.allowed_origins", kind: .origins,
                summary: "origins of web pages that may send requests, joined by commas; * for all")
        case .allowedHosts:
            SettingSpec(
                flag: "--allowed-hosts", placeholder: "LIST", variables: ["ALLOWED_HOSTS"],
                key: "server.sse.allowed_hosts", kind: .hosts,
                summary: "host names by which clients reach the server, joined by commas; * for all")
        case .trustedProxies:
            SettingSpec(
                flag: "--trusted-proxies", placeholder: "LIST", variables: ["TRUSTED_PROXIES"],
                key: "server.sse.trusted_proxies", kind: .networks,
                summary: "reverse proxies whose X-Forwarded-* count: addresses, joined by commas")
        case .pathPrefix:
            SettingSpec(
                flag: "--path-prefix", placeholder: "PATH", variables: ["PATH_PREFIX"], key: "server.sse.path_prefix",
                kind: .prefix, summary: "what a reverse proxy takes off the front of paths, such as /tmdb")
        case .tokenInPath:
            SettingSpec(
                flag: "--token-in-path", placeholder: "BOOL", variables: ["TOKEN_IN_PATH"],
                key: "server.sse.token_in_path", defaultText: "false", kind: .choice(["false", "true"]),
                summary: "true for clients that send no headers: /mcp/<token>; URLs end up in logs")
        case .sessionTimeout:
            SettingSpec(
                flag: "--session-timeout", placeholder: "SECONDS", variables: ["SESSION_TIMEOUT"],
                key: "server.sse.session_timeout", defaultText: "1800",
                kind: .number(ConfigurationLimits.sessionTimeoutSeconds, of: "seconds"),
                summary: "seconds after which an idle HTTP session ends, 1 to 86400")
        case .drainTime:
            SettingSpec(
                flag: "--drain-time", placeholder: "SECONDS", variables: ["DRAIN_TIME"], key: "server.sse.drain_time",
                defaultText: "5", kind: .number(ConfigurationLimits.drainSeconds, of: "seconds"),
                summary: "seconds that a server told to stop still serves connected HTTP clients, 0 to 300")
        case .loggingLevel:
            SettingSpec(
                flag: "--logging-level", placeholder: "LEVEL", variables: ["LOGGING_LEVEL"], key: "logging.level",
                defaultText: LogLevel.automatic,
                kind: .choice([LogLevel.automatic] + LogLevel.allCases.map { $0.name }),
                summary: "the minimum log level: debug, info, warn, error or auto (stdio: warn, else info)")
        case .loggingFormat:
            SettingSpec(
                flag: "--logging-format", placeholder: "FORMAT", variables: ["LOGGING_FORMAT"], key: "logging.format",
                defaultText: LoggingFormat.auto.name, kind: .choice(LoggingFormat.allCases.map { $0.name }),
                summary: "json, text, or auto: text on a terminal, json elsewhere")
        case .caFile:
            SettingSpec(
                variables: ["SSL_CERT_FILE"], kind: .path,
                summary: "certificate authorities to trust instead of the built-in ones (PEM)")
        case .proxy:
            SettingSpec(
                variables: ["HTTPS_PROXY", "ALL_PROXY"], kind: .foreign,
                summary: "the proxy for requests to TMDB, such as http://proxy.example:3128")
        case .noProxy:
            SettingSpec(
                variables: ["NO_PROXY"], kind: .foreign,
                summary: "hosts to contact without the proxy, joined by commas")
        }
    }
}
