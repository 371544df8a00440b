import Configuration
import Testing

@Suite struct ArgumentsTests {
    @Test(
        "the first word is the command, serve without one; help comes first",
        arguments: [
            ([], .serve), (["-h"], .help), (["--help"], .help), (["-help"], .help), (["-V"], .version),
            (["--version"], .version),
            (["-V", "-h"], .help), (["--help", "--version"], .help), (["-version"], .version),
            (["-V", "-V"], .version),
            (["--sse-port", "1", "--help"], .help), (["serve"], .serve), (["check"], .check),
            (["--sse-port", "1", "tools", "--tools=search"], .tools), (["call", "-h"], .help), (["version"], .version),
            (["healthcheck", "-V"], .version),
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

    @Test("one dash before a flag is enough")
    func oneDash() {
        let secret = "0123456789abcdef"
        for (arguments, place) in [
            (["-sse-token", secret], Arguments.SecretPlace(argument: 1, bytesBefore: 0)),
            (["-sse-token=\(secret)"], Arguments.SecretPlace(argument: 0, bytesBefore: 11)),
        ] {
            let read = Arguments(["-server-mode", "stdio"] + arguments)
            #expect(read.problems.isEmpty)
            #expect(read.value(of: .mode) == "stdio" && read.value(of: .token) == secret)
            #expect(read.secrets == [.init(argument: place.argument + 2, bytesBefore: place.bytesBefore)])
        }
        let lines = Arguments(["-sse-port", "-sse-host", "::1"]).problems.map(\.line)
        #expect(lines == ["--sse-port needs a value: --sse-port VALUE or --sse-port=VALUE"])
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
        arguments: ["", "-", "--", "-x", "--made-up", "--HELQ", "-v", "-hV", "--tmdb-limit-of-rates"])
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
            "-k0123456789abcdef0123456789abcdef",
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
        #expect(Arguments(["a\nb"]).problems.map(\.line) == ["unknown command a text of 3 bytes"])
    }

    @Test(
        "a command that there is none of is named with the one that was meant, when it is not as long as a key",
        arguments: [
            ("extra", "\"extra\""), ("serv", "\"serv\"; did you mean serve?"),
            ("chekc", "\"chekc\"; did you mean check?"),
            ("health-check", "\"health-check\"; did you mean healthcheck?"),
            ("0123456789abcdef0123456789abcdef", "a text of 32 bytes"),
        ])
    func unknownCommand(word: String, told: String) {
        #expect(Arguments([word, "more"]).problems.map(\.line) == ["unknown command \(told)"])
        #expect(Arguments(["help", word]).problems.map(\.line) == ["unknown command \(told)"])
    }

    @Test("words after the command belong to it, and flags between them do not; too many are refused")
    func operands() {
        let call = Arguments(["call", "search", "--sse-port", "1", "query=a=b", "--tmdb-language=de", "page:=1"])
        #expect(call.operands == ["search", "query=a=b", "page:=1"])
        #expect(call.value(of: .port) == "1")
        #expect(call.problems.isEmpty)
        #expect(Arguments(["check", "now"]).problems.map(\.line) == ["unknown argument \"now\""])
        #expect(Arguments(["completions", "bash", "zsh"]).problems.count == 1)
        #expect(Arguments(["help", "call"]).helpTopic == .call)
        #expect(Arguments(["call", "--help"]).helpTopic == .call)
        #expect(Arguments(["--help"]).helpTopic == nil)
    }

    @Test("a flag of one command is refused with another, and takes no value")
    func switches() {
        #expect(Arguments(["token", "--new"]).has("--new"))
        #expect(Arguments(["--show", "token"]).problems.isEmpty)
        #expect(Arguments(["--new"]).problems.map(\.line) == ["--new is a flag of tmdb-mcp token alone"])
        #expect(Arguments(["check", "--show"]).problems.count == 1)
        #expect(Arguments(["token", "--new=1"]).problems.map(\.line) == ["--new takes no value"])
        #expect(Arguments(["--sse-port", "--new", "token"]).problems.count == 1)
    }

    @Test("settings of another command line are taken where the own has none")
    func inherited() {
        var arguments = Arguments(["healthcheck", "--sse-port", "1"])
        arguments.inherit(Arguments(["--sse-port", "2", "--server-mode", "sse"]))
        #expect(arguments.command == .healthcheck)
        #expect(arguments.value(of: .port) == "1")
        #expect(arguments.value(of: .mode) == "sse")
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
