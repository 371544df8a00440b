import Configuration
import Testing

@Suite struct ConfigFileTests {
    @Test(
        "a file without settings is sound",
        arguments: [
            "", "\n", "# words\n", "---\n", "---\n...\n", "null", "~", "{}", "server:\n", "server:\n  sse:\n",
            "server: {}\ntmdb: {}\n", "server: ~\n", "tmdb:\n  api_key: \"\"\n", "tmdb:\n  api_key: null\n",
            "server:\n  sse:\n    allowed_hosts: []\n", "\u{FEFF}server:\n  mode:\n", "%YAML 1.1\n---\nserver:\n",
        ])
    func empty(text: String) throws {
        let configuration = try configuration(file: text)
        #expect(configuration.apiKey == nil)
        #expect(configuration.mode == .both)
        #expect(configuration.allowedHosts == nil)
    }

    @Test("a file of the original's users is read")
    func original() throws {
        let text = """
            # TMDB
            tmdb:
              api_key: 'k1'  # mine
            server:
              mode: sse
              sse: {host: "0.0.0.0", port: 9000, token: &anchor !!str 0123456789abcdef}
            """
        let configuration = try configuration(file: text)
        #expect(configuration.apiKey?.reveal() == "k1")
        #expect(configuration.mode == .sse)
        #expect(configuration.host == .ipv4("0.0.0.0"))
        #expect(configuration.port == 9000)
        #expect(configuration.token?.reveal() == "0123456789abcdef")
    }

    @Test(
        "a list is a sequence or joined by commas",
        arguments: ["a, b:1", "[a, 'b:1']", "\n    - a\n    - b:1", "\"a,b:1\""])
    func lists(text: String) throws {
        let configuration = try configuration(file: "server:\n  sse:\n    allowed_hosts: \(text)\n")
        #expect(configuration.allowedHosts == .only(["a", "b:1"]))
    }

    @Test("a file that XDwanj/tmdb-mcp wrote is taken as it is")
    func written() throws {
        let configuration = try configuration(
            file: "tmdb:\n  api_key: \"\"\n  language: en-US\n  rate_limit: 40\nserver:\n  mode: both\n"
                + "  sse:\n    enabled: false\n    host: 0.0.0.0\n    port: 8910\n"
                + "    token: \(String(repeating: "a1", count: 32))\n"
                + "logging:\n  level: info\n")
        #expect(configuration.token != nil)
    }

    @Test(
        "what is wrong is named with its line",
        arguments: [
            ("server:\n  prot: 1\n", "2: server.prot is unknown; did you mean server.sse.port?"),
            ("server:\n  mdoe: stdio\n", "2: server.mdoe is unknown; did you mean server.mode?"),
            ("\n\nserver_mode: stdio\n", "3: server_mode is unknown; did you mean server.mode?"),
            ("servr:\n  mode: stdio\n", "1: servr is unknown; did you mean server?"),
            ("token: abc\n", "1: token is unknown; did you mean server.sse.token?"),
            ("something:\n  else: 1\n", "1: something is unknown"),
            ("server:\n  colour: 1\n", "2: server.colour is unknown"),
            ("server.mode: stdio\n", "1: server.mode must be written as sections: each name below the one before"),
            ("\"a\\nb\": 1\n", "1: ... is unknown"), ("server:\n  \"a\\e[2J\": 1\n", "2: server.... is unknown"),
            ("server:\n  0123456789abcdef0123456789: 1\n", "2: server.... is unknown"),
            ("server: stdio\n", "1: server must be a section: its settings below it, indented"),
            ("server: [stdio]\n", "1: server must be a section: its settings below it, indented"),
            ("server:\n  mode: [stdio]\n", "2: server.mode must be a single value"),
            ("server:\n  mode:\n    sse: 1\n", "2: server.mode must be a single value"),
            ("server:\n  sse:\n    allowed_hosts: {a: b}\n", "3: server.sse.allowed_hosts must be a sequence of texts"),
            ("server:\n  sse:\n    allowed_hosts: [[a]]\n", "3: server.sse.allowed_hosts must be a sequence of texts"),
            ("server:\n  mode: stdio\n  mode: sse\n", "3: the key \"mode\" stands here again, first in line 2"),
            ("server:\n  mode: &m both\n  sse: *m\n", "3: an alias (*name) is refused: write the value out"),
            ("- server\n", "1: must be a mapping with sections such as server:"),
            ("server\n", "1: must be a mapping with sections such as server:"),
            ("server:\n---\ntmdb:\n", "2: a second document is refused"),
            ("? [a]\n: b\n", "1: a key must be text"),
            ("? *a\n: b\n", "1: a key must be text"),
            (
                "server:\n\tmode: stdio\n",
                "2: not YAML: found character that cannot start any token while scanning for the next token"
            ),
            ("server:\n  mode: \"x\n", "3: not YAML: found unexpected end of stream while scanning a quoted scalar"),
            ("server: [\n", "2: not YAML: did not find expected node content while parsing a flow node"),
            ("a: b\n  c: d\n", "2: not YAML: mapping values are not allowed in this context"),
            ("server:\n  mode: a\u{1}\n", "2: not YAML: control characters are not allowed"),
        ])
    func mistakes(text: String, line: String) throws {
        #expect(try complaints(file: text) == [line])
    }

    @Test("a value in the file is refused by its line and key")
    func values() throws {
        let text = "server:\n  mode: http\n  sse:\n    token: short\n    port: 70000\n    allowed_hosts: [a, 'b c']\n"
        let lines = try complaints(file: text)
        #expect(
            lines == [
                "2: server.mode must be stdio, sse, both or auto, not \"http\"",
                "5: server.sse.port must be a number from 0 to 65535; 0 means any free port, not \"70000\"",
                "4: server.sse.token must be 16 to 4096 printable ASCII characters, without whitespace",
                "6: server.sse.allowed_hosts must be host names such as tmdb.example or nas.local:8910, at most 64, "
                    + "or * alone for all, not \"b c\"",
            ])
    }

    @Test("depth is bounded")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            "x: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try complaints(file: nested(15)) == ["1: x is unknown"])
        #expect(try complaints(file: nested(16)) == ["1: x is unknown"])
        #expect(try complaints(file: nested(17)) == ["1: more than 16 mappings and sequences in each other"])
        #expect(try complaints(file: nested(20_000)) == ["1: more than 16 mappings and sequences in each other"])
    }

    @Test("a file has 64 KiB at most")
    func size() throws {
        let most = "#" + String(repeating: "x", count: 65_535)
        #expect(try complaints(file: most) == [])
        let lines = try complaints(file: most + "x")
        #expect(lines.count == 1)
        #expect(try #require(lines.first).hasSuffix(": File too large"))
    }

    @Test("every cut of a file is read or refused")
    func cuts() throws {
        let text = "# é\ntmdb: {api_key: \"\\u00e9\"}\nserver:\n  sse:\n    allowed_hosts:\n    - 'a'\n    - |\n     b"
        let folder = TemporaryFolder()
        for count in 0...text.utf8.count {
            let path = try folder.write("c.yaml", Array(text.utf8.prefix(count)))
            #expect(complaints(["--config", path]).allSatisfy { $0.hasPrefix(path + ":") })
        }
    }

    @Test("a named file must be there; the one at the default place need not")
    func places() throws {
        let folder = TemporaryFolder()
        let missing = folder.path + "/none.yaml"
        #expect(complaints(["--config", missing]) == ["--config: cannot read \(missing): No such file or directory"])
        #expect(
            complaints(environment: ["TMDB_MCP_CONFIG": folder.path])
                == ["TMDB_MCP_CONFIG: cannot read \(folder.path): Is a directory"])
        #expect(complaints(environment: ["HOME": folder.path]) == [])

        _ = try folder.makeFolder(".tmdb-mcp")
        let path = try folder.write(".tmdb-mcp/config.yaml", "server:\n  mode: sse\n")
        func configuration(_ environment: [String: String]) throws -> Configuration {
            try Configuration(environment: { environment[$0] })
        }
        #expect(try configuration(["HOME": folder.path]).mode == .sse)
        #expect(try configuration(["HOME": folder.path]).filePath == path)
        for home in ["", ".", "tmp", String(folder.path.dropFirst())] {
            #expect(try configuration(["HOME": home]).filePath == nil)
            #expect(try configuration(["HOME": home]).mode == .both)
        }
        let other = try folder.write("other.yaml", "server:\n  mode: stdio\n")
        #expect(try configuration(["HOME": folder.path, "TMDB_MCP_CONFIG": other]).mode == .stdio)
    }

    @Test("a file with a secret that others may read is warned of", arguments: [0o644, 0o640, 0o604] as [UInt32])
    func warning(mode: UInt32) throws {
        let folder = TemporaryFolder()
        func warnings(_ text: String, _ mode: UInt32) throws -> [String] {
            let path = try folder.write("c.yaml", text, mode: mode)
            return try Configuration(arguments: CommandLineArguments(["--config", path]), environment: { _ in nil })
                .warnings
        }
        let path = folder.path + "/c.yaml"
        let line = "\(path) holds a secret, and others may read it: chmod 600 \(path)"
        #expect(try warnings("tmdb:\n  api_key: a.b.c\n", mode) == [line])
        #expect(try warnings("server:\n  sse:\n    token: 0123456789abcdef\n", mode) == [line])
        #expect(try warnings("tmdb:\n  api_key: a.b.c\n", 0o600) == [])
        #expect(try warnings("server:\n  mode: sse\n", mode) == [])
    }

    @Test(
        "a variable may name a file with a secret in it",
        arguments: [("TMDB_API_KEY", Setting.apiKey), ("SSE_TOKEN", .token)])
    func secretFiles(variable: String, setting: Setting) throws {
        let folder = TemporaryFolder()
        let path = try folder.write("secret", "0123456789abcdef\n")
        let environment = [variable + "_FILE": path]
        let configuration = try Configuration(environment: { environment[$0] })
        #expect((setting == .token ? configuration.token : configuration.apiKey)?.reveal() == "0123456789abcdef")
        #expect(configuration.source(of: setting) == .secretFile(variable: variable + "_FILE"))

        let both = environment.merging([variable: "fedcba9876543210"]) { $1 }
        #expect(complaints(environment: both) == ["\(variable) and \(variable)_FILE are both set: unset one of them"])
        let flag = try #require(setting.spec.flag)
        #expect(complaints([flag, "fedcba9876543210"], environment: both).count == 1)
        #expect(complaints([flag, "fedcba9876543210"], environment: [variable + "_FILE": "/none"]) == [])

        try folder.write("secret", "two words\n")
        let start = "the content of the file in \(variable)_FILE must be "
        #expect(complaints(environment: environment).allSatisfy { $0.hasPrefix(start) && !$0.contains("two words") })
        try folder.write("secret", "\n")
        #expect(complaints(environment: environment).allSatisfy { $0.hasPrefix(start) })
        #expect(complaints(environment: environment).count == 1)
        #expect(
            complaints(environment: [variable + "_FILE": "/none"])
                == ["\(variable)_FILE: cannot read /none: No such file or directory"])
        try folder.write("secret", String(repeating: " ", count: 8193))
        #expect(complaints(environment: environment) == ["\(variable)_FILE: cannot read \(path): File too large"])
    }
}
