import Configuration
import HTTPTypes
import Testing

@Suite struct ConfigurationTests {
    private func refusal(_ environment: [String: String]) -> ConfigurationError? {
        do throws(ConfigurationError) {
            _ = try Configuration(environment: { environment[$0] })
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "what is not set, or set to whitespace, has its default",
        arguments: [
            [:],
            ["TMDB_API_KEY": "", "TMDB_BASE_URL": "", "TMDB_TIMEOUT": "", "SSL_CERT_FILE": ""],
            ["TMDB_API_KEY": " ", "TMDB_BASE_URL": "\t", "TMDB_TIMEOUT": "\r\n", "SSL_CERT_FILE": " \u{B}\u{C} "],
            ["tmdb_api_key": "x", "TMDB_API_KEY ": "x", "API_KEY": "x"],
        ] as [[String: String]])
    func defaults(environment: [String: String]) throws {
        let configuration = try Configuration(environment: { environment[$0] })
        #expect(configuration.apiKey == nil)
        #expect(configuration.baseURL.text == "https://api.themoviedb.org/3")
        #expect(configuration.timeoutMilliseconds == 20_000)
        #expect(configuration.caFile == nil)
    }

    @Test(
        "values are taken without the whitespace around them",
        arguments: ["%", " %", "%\n", "\t%\r\n", " \u{B}\u{C}% "])
    func trimming(form: String) throws {
        func given(_ value: String) -> String {
            form.split(separator: "%", omittingEmptySubsequences: false).joined(separator: value)
        }
        let environment = [
            "TMDB_API_KEY": given("k.e.y"), "TMDB_BASE_URL": given("http://[::1]:8080/3/"),
            "TMDB_TIMEOUT": given("300"), "SSL_CERT_FILE": given("/etc/my certs/é.pem"),
        ]
        let configuration = try Configuration(environment: { environment[$0] })
        #expect(configuration.apiKey?.reveal() == "k.e.y")
        #expect(configuration.baseURL.text == "http://[::1]:8080/3")
        #expect(configuration.timeoutMilliseconds == 300_000)
        #expect(configuration.caFile == "/etc/my certs/é.pem")
    }

    @Test("a timeout is whole seconds from 1 to 300", arguments: [("1", 1000), ("20", 20_000), ("300", 300_000)])
    func timeout(text: String, milliseconds: Int) throws {
        let configuration = try Configuration(environment: { $0 == "TMDB_TIMEOUT" ? text : nil })
        #expect(configuration.timeoutMilliseconds == milliseconds)
    }

    @Test(
        "a value that is not allowed is refused by name, and not repeated where it may hold a secret",
        arguments: [
            ("TMDB_TIMEOUT", "0"), ("TMDB_TIMEOUT", "301"), ("TMDB_TIMEOUT", "-1"), ("TMDB_TIMEOUT", "1.5"),
            ("TMDB_TIMEOUT", "1e2"), ("TMDB_TIMEOUT", "20s"), ("TMDB_TIMEOUT", "0x10"), ("TMDB_TIMEOUT", "2 0"),
            ("TMDB_TIMEOUT", "99999999999999999999"), ("TMDB_TIMEOUT", "4294967297"), ("TMDB_TIMEOUT", "٣"),
            ("TMDB_BASE_URL", "host.example/3"), ("TMDB_BASE_URL", "ftp://host/3"), ("TMDB_BASE_URL", "https:///path"),
            ("TMDB_BASE_URL", "https://user:word@host/3"), ("TMDB_BASE_URL", "https://host/3?api_key=1"),
            ("TMDB_API_KEY", "two words"), ("TMDB_API_KEY", "Bearer a.b.c"), ("TMDB_API_KEY", "k\u{E9}y"),
            ("TMDB_API_KEY", "a\nX: b"), ("TMDB_API_KEY", "a\u{7F}"), ("TMDB_API_KEY", "a\0b"),
        ])
    func refused(variable: String, value: String) throws {
        let error = try #require(refusal([variable: value]))
        #expect(error.problems.count == 1)
        let line = try #require(error.lines.first)
        #expect(line.hasPrefix("\(variable) must be "))
        let isShown = variable == "TMDB_TIMEOUT" && value.utf8.count <= 24
        #expect(isShown ? line.hasSuffix(", not \"\(value)\"") : !line.contains(value))
    }

    @Test("all mistakes are told at once, one a line, and no value that may be a secret is shown")
    func several() throws {
        let environment = [
            "TMDB_API_KEY": "secret words", "TMDB_BASE_URL": "https://secret:words@host",
            "TMDB_TIMEOUT": "a secret of more than 24 bytes",
        ]
        let error = try #require(refusal(environment))
        #expect(
            error.lines == [
                "TMDB_BASE_URL must be an http or https URL without user, query or fragment, "
                    + "such as https://api.themoviedb.org/3",
                "TMDB_API_KEY must be a v3 key or a v4 token, without whitespace or other extra characters",
                "TMDB_TIMEOUT must be a whole number of seconds from 1 to 300, not a text of 30 bytes",
            ])
    }

    @Test("a secret is revealed only to who asks for it")
    func secret() {
        let secret = Secret("hush")
        #expect(secret.reveal() == "hush")
        #expect("\(secret)" == "(secret)")
        #expect(String(reflecting: secret) == "(secret)")
        #expect("\(Optional(secret) as Any)" == "Optional((secret))")
    }
}
