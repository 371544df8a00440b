package import HTTPTypes

/// The settings of one run, checked.
package struct Configuration {
    package let mode: ServerMode
    /// Nil when none is set: the server starts all the same, and says so when a tool is called.
    package let apiKey: Secret?
    package let baseURL: BaseURL
    /// How long one request to TMDB may take in all, in milliseconds.
    package let timeoutMilliseconds: Int
    package let host: ListenAddress
    /// 0 for any free one.
    package let port: UInt16
    /// What HTTP clients have to send. Nil when none is set: see `TokenStore`.
    package let token: Secret?
    /// Nil when not set.
    package let allowedOrigins: AllowList?
    /// Nil when not set: the names that mean this machine.
    package let allowedHosts: AllowList?
    /// How long a session may be idle.
    package let sessionTimeoutSeconds: Int
    /// A PEM file to trust instead of the built-in roots.
    package let caFile: String?
    /// The config file, or where it would be; nil without a home.
    package let filePath: String?
    /// What is not wrong, but should be known: one line each.
    package let warnings: [String]

    private let sources: [(setting: Setting, source: Source)]

    /// Reads the settings and reports every mistake at once. Of flag, environment, config file and default the first
    /// that gives a value holds; the others are not looked at, except that the config file must be sound. A variable
    /// or a key that is set to nothing counts as not set.
    ///
    /// - Parameter environment: gives the value of a variable. Proxies are not read here but by libcurl, by its own
    ///   rules.
    package init(
        arguments: Arguments = Arguments([]), environment: @escaping (String) -> String?
    ) throws(ConfigurationError) {
        var values = Values(arguments: arguments, environment: environment)
        mode = values.checked(.mode) { ServerMode($0) } ?? .both
        apiKey = values.checked(.apiKey) { !$0.isEmpty && $0.isVisibleASCII ? Secret($0) : nil }
        let baseURL = values.checked(.baseURL) { BaseURL($0) }
        let timeout = values.seconds(.timeout)
        let host = values.checked(.host) { ListenAddress($0) }
        let port = values.checked(.port) { UInt16(digits: $0) }
        token = values.checked(.token) { Secret(token: $0) }
        allowedOrigins = values.list(.allowedOrigins) { items throws(AllowList.Refusal) in
            try AllowList(origins: items)
        }
        allowedHosts = values.list(.allowedHosts) { items throws(AllowList.Refusal) in try AllowList(hosts: items) }
        let sessionTimeout = values.seconds(.sessionTimeout)
        caFile = values.checked(.caFile) { $0 }
        guard values.problems.isEmpty, let baseURL, let timeout, let host, let port, let sessionTimeout else {
            throw ConfigurationError(problems: values.problems)
        }
        self.baseURL = baseURL
        timeoutMilliseconds = timeout * 1000
        self.host = host
        self.port = port
        sessionTimeoutSeconds = sessionTimeout
        filePath = values.filePath
        warnings = values.warnings
        sources = values.sources
    }

    /// Where the value of a setting came from. Of one that has neither value nor default it is the default.
    package func source(of setting: Setting) -> Source {
        sources.first { $0.setting == setting }?.source ?? .standard
    }
}
