import Configuration
import Testing

@Suite("Credentials of systemd")
struct CredentialTests {
    @Test(
        "a credential in CREDENTIALS_DIRECTORY is taken",
        arguments: [("tmdb-api-key", Setting.apiKey), ("sse-token", .token)])
    func taken(name: String, setting: Setting) throws {
        let folder = TemporaryFolder()
        try folder.write(name, "0123456789abcdef\n", mode: 0o400)
        let configuration = try Configuration(environment: { ["CREDENTIALS_DIRECTORY": folder.path][$0] })
        #expect((setting == .token ? configuration.token : configuration.apiKey)?.reveal() == "0123456789abcdef")
        #expect(configuration.source(of: setting) == .credential(name))
    }

    @Test("a variable goes before a credential, and a credential before the config file")
    func order() throws {
        let folder = TemporaryFolder()
        try folder.write("tmdb-api-key", "credential")
        let other = try folder.write("other", "file", mode: 0o400)
        let config = try folder.write("c.yaml", "tmdb:\n  api_key: config\n", mode: 0o600)
        func key(_ more: [String: String]) throws -> String? {
            let environment = more.merging(["CREDENTIALS_DIRECTORY": folder.path, "TMDB_MCP_CONFIG": config]) { $1 }
            return try Configuration(environment: { environment[$0] }).apiKey?.reveal()
        }
        #expect(try key([:]) == "credential")
        #expect(try key(["TMDB_API_KEY": "variable"]) == "variable")
        #expect(try key(["TMDB_API_KEY_FILE": other]) == "file")
    }

    @Test("a service may have other credentials, or none", arguments: ["/nonexistent", "", "@"])
    func missing(place: String) throws {
        let folder = TemporaryFolder()
        try folder.write("another", "0123456789abcdef")
        try folder.write("sse-token", "\n")
        let environment = ["CREDENTIALS_DIRECTORY": place == "@" ? folder.path : place]
        #expect(try Configuration(environment: { environment[$0] }).apiKey == nil)
        #expect(try Configuration(environment: { environment[$0] }).token == nil)
    }

    @Test("a credential that cannot be read or is no key is a mistake")
    func mistakes() throws {
        let folder = TemporaryFolder()
        let environment = ["CREDENTIALS_DIRECTORY": folder.path]
        try folder.write("tmdb-api-key", "two words\n")
        let start = "the content of the credential tmdb-api-key must be "
        #expect(complaints(environment: environment).allSatisfy { $0.hasPrefix(start) && !$0.contains("two words") })
        #expect(complaints(environment: environment).count == 1)
        try folder.write("tmdb-api-key", String(repeating: " ", count: 8193))
        #expect(
            complaints(environment: environment)
                == ["CREDENTIALS_DIRECTORY: cannot read \(folder.path)/tmdb-api-key: File too large"])
    }
}
