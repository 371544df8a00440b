import Configuration
import HTTPTypes
import Testing

/// The key of OMDb, which is never needed.
@Suite struct OMDbSettingsTests {
    @Test("there is none, and where it is asked for is OMDb's own address")
    func defaults() throws {
        let configuration = try Configuration(environment: { _ in nil })
        #expect(configuration.omdbKey == nil)
        #expect(configuration.omdbBaseURL.text == "https://www.omdbapi.com")
    }

    @Test("it comes from a variable, a file, a credential or the config file, in that order, and is hidden")
    func sources() throws {
        let folder = TemporaryFolder()
        try folder.write("omdb-api-key", "credential")
        let file = try folder.write("other", "file\n", mode: 0o400)
        let config = try folder.write(
            "c.yaml", "omdb:\n  api_key: config\n  base_url: http://127.0.0.1:1\n", mode: 0o600)
        func configuration(_ more: [String: String]) throws -> Configuration {
            let environment = more.merging(["TMDB_MCP_CONFIG": config]) { $1 }
            return try Configuration(environment: { environment[$0] })
        }
        let credential = ["CREDENTIALS_DIRECTORY": folder.path]
        #expect(try configuration([:]).omdbKey?.reveal() == "config")
        #expect(try configuration(credential).omdbKey?.reveal() == "credential")
        #expect(try configuration(credential.merging(["OMDB_API_KEY_FILE": file]) { $1 }).omdbKey?.reveal() == "file")
        let last = try configuration(credential.merging(["OMDB_API_KEY": "variable"]) { $1 })
        #expect(last.omdbKey?.reveal() == "variable")
        #expect(last.omdbBaseURL.text == "http://127.0.0.1:1")
        #expect(last.effective.first { $0.setting == .omdbKey }?.shown == ["(hidden)"])
    }

    @Test("what can be none is refused without being shown", arguments: ["two words", "\"quoted\"", "é"])
    func refused(key: String) {
        let lines = complaints(environment: ["OMDB_API_KEY": key])
        #expect(lines.count == 1 && lines[0].contains("OMDB_API_KEY") && !lines[0].contains(key))
    }
}
