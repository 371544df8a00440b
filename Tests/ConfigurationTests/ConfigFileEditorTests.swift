import Configuration
import Testing

@Suite struct TokenEditTests {
    private func outcome(_ text: String) -> ConfigFileEditor.Outcome {
        ConfigFileEditor.adding("T", to: Array(text.utf8))
    }

    @Test(
        "the token is added, and every other byte stays",
        arguments: [
            ("", "server:\n  sse:\n    token: \"T\"\n"),
            ("# mine", "# mine\nserver:\n  sse:\n    token: \"T\"\n"),
            ("---\n", "---\nserver:\n  sse:\n    token: \"T\"\n"),
            (
                "tmdb:\n  api_key: k # é\n\n# end\n",
                "tmdb:\n  api_key: k # é\n\n# end\nserver:\n  sse:\n    token: \"T\"\n"
            ),
            ("tmdb: {api_key: k}", "tmdb: {api_key: k}\nserver:\n  sse:\n    token: \"T\"\n"),
            ("  tmdb:\n    timeout: 3\n", "  tmdb:\n    timeout: 3\n  server:\n    sse:\n      token: \"T\"\n"),
            ("tmdb:\r\n  timeout: 3\r\n", "tmdb:\r\n  timeout: 3\r\nserver:\r\n  sse:\r\n    token: \"T\"\r\n"),
            ("server:", "server:\n  sse:\n    token: \"T\"\n"),
            ("server: # all\ntmdb:\n", "server: # all\n  sse:\n    token: \"T\"\ntmdb:\n"),
            (
                "server:\n    # the mode\n    mode: both\ntmdb:\n    timeout: 3\n",
                "server:\n    sse:\n      token: \"T\"\n    # the mode\n    mode: both\ntmdb:\n    timeout: 3\n"
            ),
            ("server:\n  sse:\n", "server:\n  sse:\n    token: \"T\"\n"),
            (
                "server:\n  sse: # HTTP\n     # where\n     port: 1\n  mode: both",
                "server:\n  sse: # HTTP\n     token: \"T\"\n     # where\n     port: 1\n  mode: both"
            ),
            ("server:\n  sse:\n    token:\n    port: 1\n", "server:\n  sse:\n    token: \"T\"\n    port: 1\n"),
            ("server:\n  sse:\n    token: '' # x\n", "server:\n  sse:\n    token: \"T\" # x\n"),
            ("server:\n  sse:\n    token: ~\n", "server:\n  sse:\n    token: \"T\"\n"),
            ("server: {sse: {token: \"\", port: 1}}\n", "server: {sse: {token: \"T\", port: 1}}\n"),
            ("\"server\":\n  'sse':\n    port: 1\n", "\"server\":\n  'sse':\n    token: \"T\"\n    port: 1\n"),
            (
                "tmdb:\n  api_key: |\n    server:\n      sse:\n",
                "tmdb:\n  api_key: |\n    server:\n      sse:\nserver:\n  sse:\n    token: \"T\"\n"
            ),
        ])
    func added(old: String, new: String) {
        #expect(outcome(old) == .text(Array(new.utf8)))
    }

    @Test(
        "a token that is there is replaced when it shall be, and every other byte stays",
        arguments: [
            ("server:\n  sse:\n    token: abc # x\n", "server:\n  sse:\n    token: \"T\" # x\n"),
            ("server:\n  sse:\n    token: 'abc'\n    port: 1\n", "server:\n  sse:\n    token: \"T\"\n    port: 1\n"),
            ("server: {sse: {token: \"a\", port: 1}}\n", "server: {sse: {token: \"T\", port: 1}}\n"),
            ("tmdb:\n  timeout: 3\n", "tmdb:\n  timeout: 3\nserver:\n  sse:\n    token: \"T\"\n"),
        ])
    func replaced(old: String, new: String) {
        #expect(ConfigFileEditor.adding("T", to: Array(old.utf8), replaces: true) == .text(Array(new.utf8)))
    }

    @Test("a token over several lines is not replaced")
    func severalLines() {
        let old = "server:\n  sse:\n    token: \"a\n      b\"\n"
        #expect(ConfigFileEditor.adding("T", to: Array(old.utf8), replaces: true) == .impossible)
    }

    @Test("a token that is there is told", arguments: ["abc", " 'abc'", "\"abc\" # x"])
    func present(form: String) {
        #expect(outcome("server:\n  sse:\n    token: \(form)\n") == .present("abc"))
    }

    @Test(
        "where it is not certain that the rest keeps its meaning, nothing is changed",
        arguments: [
            "{}x", "server: {}\n", "server: {mode: sse}\n", "server:\n  sse: {port: 1}\n", "{tmdb: {timeout: 3}}\n",
            "tmdb:\n...\n", "- a\n", "text", "server: text\n", "server:\n  sse: [a]\n",
            "server:\n  sse:\n    token: [a]\n",
            "server:\n  sse:\n    token: \"\n      \"\n", "server: ~\n", "tmdb:\n  - *x\n", "server:\n\tmode: x\n",
            "? server\n: mode: sse\n",
            "é: {server: {sse: {token: ''}}}\nserver: {x: é, sse: {token: ''}}\n",
        ])
    func impossible(text: String) {
        #expect(outcome(text) == .impossible)
    }

    @Test("whatever the cut of a file, the result is whole or the file is left alone")
    func cuts() {
        let text = "# a\ntmdb:\n  api_key: 'k' # é\nserver:\n  mode: both\n  sse:\n    host: \"::1\"\n    token: ''\n"
        let bytes = Array(text.utf8)
        for count in 0...bytes.count {
            let old = Array(bytes.prefix(count))
            guard case .text(let new) = ConfigFileEditor.adding("T", to: old) else { continue }
            #expect(ConfigFileEditor.adding("U", to: new) == .present("T"))
            var rest = old[...]
            for byte in new where byte == rest.first { rest = rest.dropFirst() }
            // Only the quotation marks of an empty token may go.
            #expect(
                ["", "''", "''\n"].contains(String(decoding: rest, as: UTF8.self)),
                "of \(count) bytes something is lost")
        }
    }
}
