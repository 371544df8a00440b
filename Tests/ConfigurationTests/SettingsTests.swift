import Configuration
import HTTPTypes
import Testing

/// Each setting from each source, and which source holds.
@Suite struct SettingsTests {
    /// Two values for each setting that flag, variable and file can give.
    private static let samples: [(setting: Setting, one: String, other: String)] = [
        (.mode, "stdio", "sse"), (.apiKey, "key1", "key2"), (.baseURL, "http://one.example", "http://two.example"),
        (.language, "de", "pt-BR"), (.language, "EN", "en_us"), (.region, "DE", "gb"), (.timeout, "7", "8"),
        (.rateLimit, "1", "1000000"),
        (.cacheSize, "0", "1024"), (.connections, "1", "64"),
        (.tools, "search", "search,get_details"), (.results, "structured", "text"), (.host, "0.0.0.0", "::1"),
        (.port, "0", "65535"),
        (.token, "0123456789abcdef", "fedcba9876543210"),
        (.allowedOrigins, "https://one.example,http://b.example:1", "*"),
        (.allowedHosts, "one.example:80,[::1]", "*"), (.sessionTimeout, "1", "86400"),
        (.drainTime, "0", "300"), (.trustedProxies, "10.0.0.0/8,::1", "192.0.2.7"), (.pathPrefix, "/one", "/two/three"),
        (.tokenInPath, "true", "false"), (.argumentNames, "underscores", "dots"), (.loggingLevel, "debug", "error"),
        (.loggingFormat, "json", "text"),
    ]

    /// What the configuration says of a setting, as text.
    private func text(_ setting: Setting, _ configuration: Configuration) -> String? {
        func joined(_ list: AllowList?) -> String? {
            switch list {
            case .everything: "*"
            case .only(let items): items.joined(separator: ",")
            case nil: nil
            }
        }
        return switch setting {
        case .mode: configuration.mode.name
        case .apiKey: configuration.apiKey?.reveal()
        case .baseURL: configuration.baseURL.text
        case .session: configuration.session?.reveal()
        case .omdbKey: configuration.omdbKey?.reveal()
        case .omdbBaseURL: configuration.omdbBaseURL.text
        case .language: configuration.language
        case .region: configuration.region
        case .rateLimit: "\(configuration.rateLimit)"
        case .connections: "\(configuration.connections)"
        case .cacheSize: "\(configuration.cacheBytes >> 20)"
        case .tools: configuration.tools?.joined(separator: ",") ?? "all"
        case .results: configuration.hasStructuredOutput ? "structured" : "text"
        case .argumentNames: configuration.showsDots ? "dots" : "underscores"
        case .loggingLevel: configuration.loggingLevel.name
        case .loggingFormat: configuration.loggingFormat.name
        case .timeout: "\(configuration.timeoutMilliseconds / 1000)"
        case .host: configuration.host.text
        case .port: "\(configuration.port)"
        case .token: configuration.token?.reveal()
        case .allowedOrigins: joined(configuration.allowedOrigins)
        case .allowedHosts: joined(configuration.allowedHosts)
        case .sessionTimeout: "\(configuration.sessionTimeoutSeconds)"
        case .drainTime: "\(configuration.drainSeconds)"
        case .trustedProxies:
            configuration.trustedProxies.isEmpty
                ? nil : configuration.effective.first { $0.setting == setting }?.shown.joined(separator: ",")
        case .pathPrefix: configuration.pathPrefix?.text
        case .tokenInPath: configuration.takesTokenInPath ? "true" : "false"
        case .configFile: configuration.filePath
        case .caFile: configuration.caFile
        case .proxy, .noProxy: nil
        }
    }

    /// A config file with one setting.
    private func yaml(_ setting: Setting, _ value: String) throws -> String {
        let names = try #require(setting.spec.key).split(separator: ".")
        let lines = names.enumerated().map { depth, name in String(repeating: "  ", count: depth) + name + ":" }
        return lines.joined(separator: "\n") + " '\(value)'\n"
    }

    @Test("without anything each setting has its default")
    func defaults() throws {
        let configuration = try Configuration(environment: { _ in nil })
        for sample in SettingsTests.samples {
            let standard =
                switch sample.setting {
                case .loggingLevel: "info"
                case .mode: "both"
                default: sample.setting.spec.defaultText
                }
            #expect(text(sample.setting, configuration) == standard)
            #expect(configuration.source(of: sample.setting) == .standard)
        }
        #expect(configuration.filePath == nil)
        #expect(configuration.warnings == [])
    }

    @Test("flag, variable and file each give a setting; the flag comes first, then the variable", arguments: samples)
    func sources(sample: (setting: Setting, one: String, other: String)) throws {
        let (setting, one, other) = sample
        let spec = setting.spec
        let flag = try #require(spec.flag)
        let file = try yaml(setting, other)
        let key = try #require(spec.key)

        let fromFile = try configuration(file: try yaml(setting, one))
        #expect(text(setting, fromFile) == one)
        let place = Source.file(path: try #require(fromFile.filePath), line: key.split(separator: ".").count, key: key)
        #expect(fromFile.source(of: setting) == place)
        for variable in spec.variables {
            let fromVariable = try configuration(file: file, environment: [variable: one])
            #expect(text(setting, fromVariable) == one)
            #expect(fromVariable.source(of: setting) == .variable(variable))
            let empty = try configuration(file: file, environment: [variable: " "])
            #expect(text(setting, empty) == other)
        }
        let environment = Dictionary(uniqueKeysWithValues: spec.variables.map { ($0, other) })
        let fromFlag = try configuration(file: file, ["\(flag)=\(one)"], environment: environment)
        #expect(text(setting, fromFlag) == one)
        #expect(fromFlag.source(of: setting) == .flag(flag))
    }

    @Test(
        "mode stdio logs warnings and errors alone, unless it is told otherwise",
        arguments: [
            ("stdio", nil, "warn"), ("sse", nil, "info"), ("both", nil, "info"), (nil, nil, "info"),
            ("stdio", "auto", "warn"), ("both", "auto", "info"), ("stdio", "info", "info"), ("sse", "error", "error"),
        ])
    func automaticLevel(mode: String?, level: String?, used: String) throws {
        let environment = ["SERVER_MODE": mode, "LOGGING_LEVEL": level]
        let configuration = try Configuration(environment: { environment[$0] ?? nil })
        #expect(configuration.loggingLevel.name == used)
        #expect(configuration.effective.first { $0.setting == .loggingLevel }?.shown == [level ?? "auto"])
    }

    @Test(
        "a client that starts the program on pipes gets no HTTP, unless it was asked for",
        arguments: [
            ([:], true, .stdio), ([:], false, .both), (["SERVER_MODE": "auto"], true, .stdio),
            (["SERVER_MODE": "both"], true, .both), (["SERVER_MODE": "stdio"], false, .stdio),
            (["SERVER_MODE": "sse"], true, .sse), (["SERVER_SSE_HOST": "0.0.0.0"], true, .both),
            (["PORT": "80"], true, .both), (["SERVER_SSE_PORT": "0"], true, .both),
            (["SSE_TOKEN": "0123456789abcdef"], true, .both), (["SERVER_SSE_HOST": ""], true, .stdio),
            (["ALLOWED_HOSTS": "nas.local"], true, .stdio),
        ] as [([String: String], Bool, ServerMode)])
    func automaticMode(environment: [String: String], isStartedByClient: Bool, mode: ServerMode) throws {
        let configuration = try Configuration(isStartedByClient: isStartedByClient) { environment[$0] }
        #expect(configuration.mode == mode)
        #expect(configuration.loggingLevel == (mode == .stdio ? .warn : .info))
    }

    @Test(
        "of a config file the mode and the port count, but not the token that the server has kept there",
        arguments: [
            ("  mode: both\n", .both), ("  sse:\n    port: 8910\n", .both),
            ("  sse:\n    token: 0123456789abcdef\n", .stdio),
        ] as [(String, ServerMode)])
    func automaticModeWithFile(section: String, mode: ServerMode) throws {
        let folder = TemporaryFolder()
        let file = try folder.write("c.yaml", "server:\n" + section)
        let environment = ["TMDB_MCP_CONFIG": file]
        #expect(try Configuration(isStartedByClient: true) { environment[$0] }.mode == mode)
    }

    @Test("SERVER_SSE_PORT comes before PORT")
    func ports() throws {
        let environment = ["SERVER_SSE_PORT": "1", "PORT": "2"]
        #expect(try Configuration(environment: { environment[$0] }).port == 1)
    }

    @Test(
        "a wrong value is named with its source, what is allowed, and itself",
        arguments: [
            ("--argument-names", "camels", "dots or underscores"),
            ("--server-mode", "http", "stdio, sse, both or auto"),
            ("--server-mode", "STDIO", "stdio, sse, both or auto"),
            ("--sse-host", "example.com", "localhost or an IPv4 or IPv6 address"), ("--sse-host", "[::1]", "or ::1"),
            ("--sse-host", "127.0.0.256", "such as 127.0.0.1"), ("--sse-host", "fe80::1%eth0", "address"),
            ("--sse-port", "65536", "a number from 0 to 65535; 0 means any free port"), ("--sse-port", "-1", "0 to"),
            ("--sse-port", "+1", "0 to 65535"), ("--sse-port", "http", "0 to 65535"), ("--sse-port", "8910.0", "0 to"),
            ("--tmdb-language", "english", "such as de or pt-BR"), ("--tmdb-language", "en.US", "small letters"),
            ("--tmdb-language", "en--US", "a dash"), ("--tmdb-language", "d", "such as de"),
            ("--tmdb-language", "en-U", "two capitals"), ("--tmdb-language", "en-u1", "two capitals"),
            ("--tmdb-connections", "0", "a whole number of connections from 1 to 64"),
            ("--tmdb-connections", "65", "from 1 to 64"),
            ("--tmdb-region", "Germania", "a country's code of two letters such as DE or US"),
            ("--tmdb-rate-limit", "0", "a whole number of requests a second from 1 to 1000000"),
            ("--tmdb-rate-limit", "1000001", "from 1 to 1000000"), ("--tmdb-rate-limit", "40/10s", "requests a second"),
            ("--tmdb-cache-size", "1025", "a whole number of megabytes from 0 to 1024"),
            ("--tmdb-cache-size", "16M", "megabytes"), ("--tmdb-cache-size", "-1", "from 0"),
            ("--logging-level", "INFO", "auto, debug, info, warn or error"),
            ("--logging-level", "trace", "debug, info"),
            ("--logging-format", "xml", "auto, json or text"),
            ("--session-timeout", "0", "seconds from 1 to 86400"), ("--session-timeout", "86401", "from 1 to 86400"),
            ("--allowed-origins", "https://a.example/", "without a path"), ("--allowed-origins", "null", "origins"),
            ("--allowed-origins", "a.example", "such as https://app"), ("--allowed-origins", "1a://b", "origins"),
            ("--allowed-origins", "https://u@a.example", "origins"), ("--allowed-origins", "https://a:0", "origins"),
            ("--allowed-origins", "https://", "origins"), ("--allowed-origins", "https://a:b:1", "origins"),
            ("--allowed-origins", "https://*.a.example", "origins"), ("--allowed-hosts", "a.example/", "host names"),
            ("--allowed-hosts", "https://a", "host names"), ("--allowed-hosts", "a:65536", "host names"),
            ("--allowed-hosts", "::1", "host names"), ("--allowed-hosts", "[::1", "host names"),
            ("--allowed-hosts", "[::g]", "host names"), ("--allowed-hosts", "[::1]x", "host names"),
            ("--allowed-origins", "https://\u{301}a", "origins"),
            ("--allowed-hosts", ":80", "host names"), ("--allowed-hosts", "é", "host names"),
        ] as [(String, String, String)])
    func refused(flag: String, value: String, allowed: String) throws {
        let lines = complaints([flag, value])
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        #expect(line.hasPrefix("\(flag) must be "))
        #expect(line.contains(allowed))
        #expect(line.hasSuffix(", not \"\(value)\""))
    }

    @Test("a language that TMDB does not have is refused like one of another form", arguments: ["jp", "jp-JP"])
    func unknownLanguage(tag: String) throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration(
                environment: { $0 == "TMDB_LANGUAGE" ? tag : nil }, knowsLanguage: { !$0.hasPrefix("jp") })
        }
        let line = try #require(error.lines.first)
        #expect(line.hasPrefix("TMDB_LANGUAGE must be ") && line.contains("Japanese is ja"))
        #expect(line.hasSuffix(", not \"\(tag)\""))
    }

    @Test("of a list only the wrong item is shown")
    func items() throws {
        let line = try #require(complaints(environment: ["ALLOWED_HOSTS": "a, b c ,d"]).first)
        #expect(line.hasPrefix("ALLOWED_HOSTS must be host names") && line.hasSuffix(", not \"b c\""))
        for list in ["a,*", "a,,b", ",", "a,"] {
            #expect(complaints(["--allowed-hosts", list]).count == 1)
        }
    }

    @Test("a list takes 64 items of 300 bytes, and no more")
    func listLimits() throws {
        let most = (0..<64).map { "h\($0)" }.joined(separator: ",")
        #expect(complaints(["--allowed-hosts", most]) == [])
        #expect(complaints(["--allowed-hosts", most + ",x"]).count == 1)
        let long = String(repeating: "a", count: 300)
        #expect(complaints(["--allowed-hosts", long]) == [])
        #expect(try #require(complaints(["--allowed-hosts", long + "a"]).first).hasSuffix("a text of 301 bytes"))
    }

    @Test("origins and hosts are compared in small letters; a usual port is left out of an origin")
    func canonical() throws {
        let configuration = try Configuration(
            arguments: CommandLineArguments([
                "--allowed-origins", "HTTPS://App.Example:443, http://h:80,http://h:443,VSCode-webview://X1",
                "--allowed-hosts", "NAS.local:8910 , [2001:DB8::1]:443",
            ]), environment: { _ in nil })
        #expect(
            configuration.allowedOrigins
                == .only(["https://app.example", "http://h", "http://h:443", "vscode-webview://x1"]))
        #expect(configuration.allowedHosts == .only(["nas.local:8910", "[2001:db8::1]:443"]))
    }

    @Test("an address is localhost, IPv4 or IPv6")
    func addresses() {
        #expect(ListenAddress("localhost") == .localhost)
        #expect(ListenAddress("0.0.0.0") == .ipv4("0.0.0.0"))
        #expect(ListenAddress("::ffff:127.0.0.1") == .ipv6("::ffff:127.0.0.1"))
        #expect(ListenAddress("::\0") == nil)
        #expect(ListenAddress("127.1") == nil)
    }

    @Test("a token has 16 to 4096 visible characters of ASCII; it is never shown")
    func tokens() {
        #expect(complaints(["--sse-token", String(repeating: "a", count: 4096)]) == [])
        #expect(complaints(["--sse-token", "q/+=~!\"#$%&'()*,-"]) == [])
        for token in [
            "only-15-of-them", String(repeating: "a", count: 4097), "with a blank in it", "0123456789abcdé",
            "0123456789abcde\u{7F}",
        ] {
            let line = "SSE_TOKEN must be 16 to 4096 printable ASCII characters, without whitespace"
            #expect(complaints(environment: ["SSE_TOKEN": token]) == [line])
        }
    }

    @Test("a tool or set that is not known is refused with the nearest, or with all; each of a list by itself")
    func unknownTools() {
        #expect(
            complaints(["--tools", "serch, search,zzzzzz,\(String(repeating: "k", count: 32))"]) == [
                "--tools: there is no tool or set \"serch\"; did you mean search?",
                "--tools: there is no tool or set \"zzzzzz\"; there are search, get_details",
                "--tools: there is no tool or set a text of 32 bytes; there are search, get_details",
            ])
        #expect(complaints(environment: ["TMDB_MCP_TOOLS": "all,search"]).count == 1)
        #expect(complaints(["--tools", Array(repeating: "search", count: 64).joined(separator: ",")]) == [])
        #expect(complaints(["--tools", Array(repeating: "search", count: 65).joined(separator: ",")]).count == 1)
    }

    @Test("a list of tools may be a sequence in the file")
    func toolsInFile() throws {
        #expect(try configuration(file: "tools: [search, get_details]\n").tools == ["search", "get_details"])
        #expect(try configuration(file: "tools: all\n").tools == nil)
    }

    @Test("what is in force is told with its source; keys, tokens and a proxy's password are hidden")
    func effective() throws {
        let environment = [
            "TMDB_API_KEY": "secret-key", "https_proxy": "http://user:secret-word@proxy", "NO_PROXY": "a.example",
        ]
        let configuration = try configuration(
            file: "server:\n  sse:\n    token: secret-token-secret\n", ["--tools=search"], environment: environment)
        #expect(configuration.effective.map(\.setting) == Setting.allCases)
        func row(_ setting: Setting) throws -> EffectiveValue {
            try #require(configuration.effective.first { $0.setting == setting })
        }
        #expect(try row(.apiKey).shown == ["(hidden)"])
        #expect(try row(.token).shown == ["(hidden)"])
        #expect(try row(.proxy).shown == ["(hidden)"])
        #expect(try row(.proxy).source == .variable("https_proxy"))
        #expect(try row(.noProxy).shown == ["a.example"])
        #expect(try row(.tools).shown == ["search"])
        #expect(try row(.tools).source == .flag("--tools"))
        #expect(try row(.language).shown == ["en-US"])
        #expect(try row(.allowedHosts).shown == [])
        #expect(try row(.configFile).shown == [try #require(configuration.filePath)])
        #expect(!configuration.effective.compactMap(\.shown).joined().contains("secret"))
    }

    @Test("a secret from a file, as Docker and Kubernetes hand it out, is taken without its line end")
    func secretFiles() throws {
        let folder = TemporaryFolder()
        for (variable, setting, value) in [
            ("TMDB_API_KEY_FILE", Setting.apiKey, "k.e.y"), ("SSE_TOKEN_FILE", .token, "0123456789abcdef"),
            ("OMDB_API_KEY_FILE", .omdbKey, "0a1b2c3d"), ("TMDB_SESSION_FILE", .session, "0a1b2c3d"),
        ] {
            for form in ["\(value)", "\(value)\n", "\(value)\r\n", " \(value) \n\n"] {
                let environment = [variable: try folder.write("secret", form, mode: 0o444)]
                let configuration = try Configuration(environment: { environment[$0] })
                #expect(text(setting, configuration) == value)
                #expect(configuration.source(of: setting) == .secretFile(variable: variable))
                #expect(configuration.warnings == [])
            }
        }
    }

    @Test("mistakes of all sources are told at once")
    func several() throws {
        let folder = TemporaryFolder()
        let path = try folder.write("c.yaml", "server:\n  mode: x\n  prot: 1\n")
        let lines = complaints(
            ["--config", path, "--sse-prot=1", "--sse-host"], environment: ["PORT": "x", "SSE_TOKEN": "short"])
        #expect(
            lines == [
                "unknown argument \"--sse-prot\"; did you mean --sse-port?",
                "--sse-host needs a value: --sse-host VALUE or --sse-host=VALUE",
                "\(path):3: server.prot is unknown; did you mean server.sse.port?",
                "\(path):2: server.mode must be stdio, sse, both or auto, not \"x\"",
                "PORT must be a number from 0 to 65535; 0 means any free port, not \"x\"",
                "SSE_TOKEN must be 16 to 4096 printable ASCII characters, without whitespace",
            ])
    }
}
