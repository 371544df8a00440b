import Configuration
import System
import Testing

/// SettingResolver that kept the quotation marks around them, as `docker run --env-file` leaves them.
@Suite struct QuotedTests {
    private static let advice = "docker run --env-file keeps quotes"

    @Test(
        "a value in quotes is refused with the reason, and a secret is not repeated",
        arguments: [
            ("TMDB_API_KEY", "\"0123456789abcdef0123456789abcdef\""),
            ("TMDB_API_KEY", "'0123456789abcdef'"),
            ("TMDB_API_KEY", "0123456789abcdef'"), ("SSE_TOKEN", "\"0123456789 abcdef\""),
            ("SERVER_SSE_PORT", "'8910'"), ("SERVER_SSE_HOST", "\"::\""), ("SERVER_MODE", "\"sse\""),
            ("TMDB_BASE_URL", "'http://one.example'"),
            ("TMDB_LANGUAGE", "\"de\""), ("TMDB_MCP_TOOLS", "\"search,get_details\""), ("TMDB_TIMEOUT", "'7'"),
            ("ALLOWED_HOSTS", "\"nas.local,nas\""), ("LOGGING_LEVEL", "\"debug\""),
            ("SSL_CERT_FILE", "\"/no/such/file\""),
        ])
    func refused(variable: String, value: String) {
        let lines = complaints(environment: [variable: value])
        #expect(lines.count == 1)
        #expect(lines.allSatisfy { $0.hasPrefix("\(variable) has quotation marks") && $0.contains(Self.advice) })
        #expect(lines.allSatisfy { !$0.contains("0123456789") })
    }

    @Test("the content of a secret's file too")
    func file() throws {
        let folder = TemporaryFolder()
        let path = try folder.write("key", "\"0123456789abcdef\"\n")
        let lines = complaints(environment: ["TMDB_API_KEY_FILE": path])
        #expect(lines.count == 1 && lines[0].contains("TMDB_API_KEY_FILE has quotation marks"))
    }

    @Test(
        "a path in quotes that leads nowhere is named with the reason",
        arguments: ["TMDB_API_KEY_FILE", "SSE_TOKEN_FILE"])
    func path(variable: String) {
        let lines = complaints(environment: [variable: "'/no/such/file'"])
        #expect(lines.count == 1)
        #expect(lines[0].hasPrefix("\(variable): cannot read '/no/such/file': No such file or directory; the path has"))
        #expect(lines[0].contains(Self.advice))
    }

    @Test("a token may hold quotes, and a proxy is another's to read: both are let pass with a warning")
    func warned() throws {
        let token = "\"0123456789abcdef\""
        let environment = ["SSE_TOKEN": token, "HTTPS_PROXY": "'http://proxy.example:3128'"]
        let configuration = try Configuration(environment: { environment[$0] })
        #expect(configuration.token?.reveal() == token)
        #expect(configuration.warnings.count == 2)
        #expect(configuration.warnings.allSatisfy { $0.contains(Self.advice) && !$0.contains("0123456789") })
        #expect(configuration.warnings.map { $0.hasPrefix("SSE_TOKEN ") } == [true, false])
    }

    @Test("the config file and the files of secrets are those that are read again")
    func secretFiles() throws {
        let folder = TemporaryFolder()
        let key = try folder.write("key", "0123456789abcdef")
        let config = try folder.write("config.yaml", "server: {mode: sse}")
        let environment = ["TMDB_API_KEY_FILE": key, "TMDB_MCP_CONFIG": config]
        let files = try Configuration(environment: { environment[$0] }).secretFiles
        #expect(files.map { $0.path } == [key, config])
        #expect(files.map { $0.stamp } == [FileStamp(path: key), FileStamp(path: config)])
        let all = ["TMDB_API_KEY": "key", "SSE_TOKEN": "0123456789abcdef", "TMDB_MCP_CONFIG": config]
        #expect(try Configuration(environment: { all[$0] }).secretFiles.isEmpty)
    }
}
