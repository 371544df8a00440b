import Configuration
import Testing

@Suite struct ArgumentsTests {
    @Test(
        "the command line asks for one thing; help comes first",
        arguments: [
            ([], .serve), (["-h"], .help), (["--help"], .help), (["-V"], .version), (["--version"], .version),
            (["-V", "-h"], .help), (["--help", "--version"], .help), (["-V", "-V"], .version),
            (["--sse-port", "1", "--help"], .help),
        ] as [([String], Command)])
    func commands(arguments: [String], command: Command) {
        #expect(Arguments(arguments).command == command)
        #expect(Arguments(arguments).problems.isEmpty)
    }

    @Test("a flag takes its value in either form; of two the last holds")
    func forms() {
        for setting in Setting.allCases {
            guard let flag = setting.declaration.flag else { continue }
            for arguments in [
                [flag, "a=b"], ["\(flag)=a=b"], [flag, "x", flag, " a=b\n"], ["\(flag)=x", "\(flag)=a=b"],
            ] {
                #expect(Arguments(arguments).value(of: setting) == "a=b")
                #expect(Arguments(arguments).problems.isEmpty)
            }
            #expect(Arguments(["\(flag)=-x"]).value(of: setting) == "-x")
            #expect(Arguments([flag, "--x"]).value(of: setting) == "--x")
            #expect(Arguments([]).value(of: setting) == nil)
        }
    }

    @Test(
        "a flag without a value is named, also when another flag follows",
        arguments: [
            ["--sse-port"], ["--sse-port="], ["--sse-port", ""], ["--sse-port", " "], ["--sse-port", "--help"],
            ["--sse-port", "--sse-host=::1"], ["--sse-port", "--sse-host", "::1"], ["--sse-port", "-V"],
        ])
    func missingValue(arguments: [String]) {
        let lines = Arguments(arguments).problems.map(\.line)
        #expect(lines == ["--sse-port needs a value: --sse-port VALUE or --sse-port=VALUE"])
    }

    @Test(
        "an argument that there is none of is named",
        arguments: ["", "-", "--", "-x", "extra", "--made-up", "--HELQ", "-v", "-hV", "--tmdb-rate-limit"])
    func unknown(argument: String) {
        #expect(Arguments([argument]).problems.map(\.line) == ["unknown argument \"\(argument)\""])
        #expect(Arguments(["--help", argument, "--other"]).problems.count == 2)
    }

    @Test(
        "an unknown flag is named with the one that was meant",
        arguments: [
            ("--sse-prot", "--sse-port"), ("--sse_token", "--sse-token"), ("--tmdb-key", "--tmdb-api-key"),
            ("--hlep", "--help"), ("--versoin", "--version"), ("--port", "--sse-port"), ("--confg", "--config"),
            ("--allowed-host", "--allowed-hosts"),
        ])
    func nearest(argument: String, meant: String) {
        let line = "unknown argument \"\(argument)\"; did you mean \(meant)?"
        #expect(Arguments([argument]).problems.map(\.line) == [line])
    }

    @Test(
        "what may be a secret is not repeated",
        arguments: [
            (["--tmdb-api-kye=0123456789abcdef0123456789abcdef"], "--tmdb-api-kye"),
            (["-k="], "-k"), (["=0123456789abcdef0123456789abcdef"], ""), (["--made-up", "a-secret"], "--made-up"),
        ])
    func values(arguments: [String], named: String) throws {
        let lines = Arguments(arguments).problems.map(\.line)
        #expect(lines.count == 1)
        #expect(try #require(lines.first).hasPrefix("unknown argument \"\(named)\""))
        #expect(!lines.joined().contains("0123") && !lines.joined().contains("secret"))
    }

    @Test("help and version take no value", arguments: ["--help", "--version", "-h", "-V"])
    func wordWithValue(word: String) {
        #expect(Arguments(["\(word)=1"]).problems.map(\.line) == ["\(word) takes no value"])
    }

    @Test(
        "an argument as long as a key is only called long",
        arguments: [
            "0123456789abcdef0123456789abcdef", "-k0123456789abcdef0123456789abcdef",
            "--" + String(repeating: "👩‍👩‍👧‍👦", count: 10), "--a-name-of-25-bytes-of-it",
        ])
    func long(argument: String) throws {
        let message = try #require(Arguments([argument]).problems.first?.line)
        #expect(message == "unknown argument a text of \(argument.utf8.count) bytes")
    }

    @Test("a name at the limit is repeated, and one with a line end is not")
    func limit() {
        let name = "--a-name-of-24-bytes-of-"
        #expect(name.utf8.count == 24)
        #expect(Arguments([name]).problems.map(\.line) == ["unknown argument \"\(name)\""])
        #expect(Arguments(["a\nb"]).problems.map(\.line) == ["unknown argument a text of 3 bytes"])
    }

    @Test("the places of secrets are told, so that they can be hidden")
    func secrets() {
        let arguments = Arguments([
            "--sse-port", "1", "--sse-token", "s", "--tmdb-api-key=k", "--sse-token=", "--tmdb-api-key",
        ])
        #expect(
            arguments.secrets == [
                .init(argument: 3, bytesBefore: 0), .init(argument: 4, bytesBefore: 15),
                .init(argument: 5, bytesBefore: 12),
            ])
        let combined = Arguments(["--sse-token=\u{301}0123456789abcdef"])
        #expect(combined.secrets == [.init(argument: 0, bytesBefore: 12)])
        #expect(combined.problems.isEmpty)
    }
}
