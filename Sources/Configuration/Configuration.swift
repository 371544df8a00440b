import Bytes
package import HTTPTypes
package import System

/// The settings of one run, checked.
package struct Configuration {
    package let mode: ServerMode
    /// Nil when none is set: the server starts all the same, and says so when a tool is called.
    package let apiKey: Secret?
    package let baseURL: BaseURL
    /// The language of a call that names none: two letters, and perhaps a dash and a region's two.
    package let language: String
    /// The country of a call that names none; nil when not set.
    package let region: String?
    /// How long one request to TMDB may take in all, in milliseconds.
    package let timeoutMilliseconds: Int
    /// Requests to TMDB a second.
    package let rateLimit: Int
    /// Connections to TMDB at most.
    package let connections: Int
    /// What the cache of TMDB's answers may hold, in bytes; 0 for no cache.
    package let cacheBytes: Int
    /// Whose account the local client's calls are about; nil when not set.
    package let session: Secret?
    /// Nil when none is set: then OMDb is not asked.
    package let omdbKey: Secret?
    package let omdbBaseURL: BaseURL
    /// Names of the tools and sets to offer; nil for all.
    package let tools: [String]?
    /// Whether tools give results as structured content too, or as text alone.
    package let hasStructuredOutput: Bool
    /// Whether clients are shown dots in the names of arguments that TMDB has with dots.
    package let showsDots: Bool
    package let host: ListenAddress
    /// 0 for any free one.
    package let port: UInt16
    /// What HTTP clients have to send. Nil when none is set: see `TokenStore`.
    package let token: Secret?
    /// Nil when not set.
    package let allowedOrigins: AllowList?
    /// Nil when not set: the names that mean this machine.
    package let allowedHosts: AllowList?
    /// Empty when not set.
    package let trustedProxies: [IPNetwork]
    /// What a proxy takes off the front of paths; nil when not set.
    package let pathPrefix: PathPrefix?
    package let takesTokenInPath: Bool
    /// How long a session may be idle.
    package let sessionTimeoutSeconds: Int
    /// How long a server that is to stop still serves clients who are connected.
    package let drainSeconds: Int
    package let loggingLevel: LogLevel
    package let loggingFormat: LoggingFormat
    /// A PEM file to trust instead of the built-in roots.
    package let caFile: String?
    /// The config file, or where it would be; nil without a home.
    package let filePath: String?
    /// The files that the key and the token came from, or would come from: those that may be given other contents while
    /// a server runs.
    package let secretFiles: [SecretFile]
    /// What is not wrong, but should be known: one line each.
    package let warnings: [String]

    /// Every setting with what it was given, in the table's order.
    package let effective: [EffectiveValue]

    /// Reads the settings and reports every mistake at once. Of flag, environment, config file and default the first
    /// that gives a value holds; the others are not looked at, except that the config file must be sound. A variable
    /// or a key that is set to nothing counts as not set.
    ///
    /// - Parameters:
    ///   - isStartedByClient: whether standard input comes from another program or a file.
    ///   - environment: gives the value of a variable. Proxies are not read here but by libcurl, by its own rules.
    ///   - knownTools: the names that `tools` may hold; asked for when it is set.
    ///   - knowsLanguage: whether TMDB has a language of the right form.
    ///   - knowsRegion: whether a text is a country's code.
    package init(
        arguments: CommandLineArguments = CommandLineArguments([]), isStartedByClient: Bool = false,
        environment: @escaping (String) -> String?, knownTools: () -> [String] = { [] },
        knowsLanguage: (String) -> Bool = { _ in true }, knowsRegion: (String) -> Bool = { $0.utf8.count == 2 }
    ) throws(ConfigurationError) {
        var values = SettingResolver(arguments: arguments, environment: environment)
        let modeName = values.checked(.mode) { Setting.modes.contains($0) ? $0 : nil }
        let baseURL = values.checked(.baseURL) { BaseURL($0) }
        apiKey = values.key(.apiKey, isOfTMDB: baseURL?.isOfTMDB == true)
        let language = values.checked(.language) { $0.isLanguage && knowsLanguage($0) ? $0 : nil }
        region = values.checked(.region) { knowsRegion($0) ? $0 : nil }
        let timeout = values.number(.timeout)
        let rateLimit = values.number(.rateLimit)
        let connections = values.number(.connections)
        let cacheMegabytes = values.number(.cacheSize)
        session = values.checked(.session) { Secret(apiKey: $0) }
        omdbKey = values.checked(.omdbKey) { Secret(apiKey: $0) }
        let omdbBaseURL = values.checked(.omdbBaseURL) { BaseURL($0) }
        tools = values.tools(.tools, known: knownTools)
        hasStructuredOutput = values.checked(.results) { Setting.resultForms.contains($0) ? $0 : nil } != "text"
        showsDots = values.checked(.argumentNames) { $0 == "dots" || $0 == "underscores" ? $0 : nil } != "underscores"
        let host = values.checked(.host) { ListenAddress($0) }
        let port = values.checked(.port) { UInt16(digits: $0) }
        token = values.checked(.token) { Secret(token: $0) }
        allowedOrigins = values.list(.allowedOrigins) { items throws(AllowList.Refusal) in
            try AllowList(origins: items)
        }
        allowedHosts = values.list(.allowedHosts) { items throws(AllowList.Refusal) in try AllowList(hosts: items) }
        var networks: [IPNetwork] = []
        _ = values.list(.trustedProxies) { items throws(AllowList.Refusal) in
            for item in items {
                guard let network = IPNetwork(item) else { throw AllowList.Refusal(item: item) }
                networks.append(network)
            }
            return .everything
        }
        trustedProxies = networks
        pathPrefix = values.checked(.pathPrefix) { PathPrefix($0) }
        takesTokenInPath = values.checked(.tokenInPath) { ["false", "true"].firstIndex(of: $0) } == 1
        let sessionTimeout = values.number(.sessionTimeout)
        let drainTime = values.number(.drainTime)
        let mode =
            ServerMode(
                modeName ?? "", isStartedByClient: isStartedByClient,
                asksForHTTP: values.isGiven(.host) || values.isGiven(.port) || values.isGiven(.token)) ?? .both
        self.mode = mode
        loggingLevel = values.checked(.loggingLevel) { LogLevel($0, in: mode) } ?? .info
        loggingFormat = values.checked(.loggingFormat) { LoggingFormat($0) } ?? .auto
        caFile = values.checked(.caFile) { $0.isQuoted && FileStamp(path: $0) == nil ? nil : $0 }
        values.note(foreign: [.proxy, .noProxy])
        guard values.problems.isEmpty, let baseURL, let language, let timeout, let rateLimit, let connections,
            let cacheMegabytes, let omdbBaseURL, let host, let port, let sessionTimeout, let drainTime
        else {
            throw ConfigurationError(problems: values.problems)
        }
        self.baseURL = baseURL
        self.language = language
        timeoutMilliseconds = timeout * 1000
        self.rateLimit = rateLimit
        self.connections = connections
        cacheBytes = cacheMegabytes << 20
        self.omdbBaseURL = omdbBaseURL
        self.host = host
        self.port = port
        sessionTimeoutSeconds = sessionTimeout
        drainSeconds = drainTime
        filePath = values.filePath
        warnings = values.warnings
        secretFiles = values.secretFiles
        let given = values.effective
        effective = Setting.allCases.map { setting in
            given.first { $0.setting == setting } ?? EffectiveValue(setting: setting, source: .standard, values: [])
        }
    }

    /// Where the value of a setting came from. Of one that has neither value nor default it is the default.
    package func source(of setting: Setting) -> Source {
        effective.first { $0.setting == setting }?.source ?? .standard
    }
}

extension BaseURL {
    /// Whether it leads to TMDB, and not to something in its place that may have keys of its own.
    fileprivate var isOfTMDB: Bool {
        ["https://api.themoviedb.org/", "https://api.tmdb.org/"].contains { text.utf8.starts(with: $0.utf8) }
    }
}
