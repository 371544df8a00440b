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
        #expect(CommandLineArguments(arguments).command == command)
        #expect(CommandLineArguments(arguments).problems.isEmpty)
    }

    @Test("a flag takes its value in either form; of two the last holds")
    func forms() {
        for setting in Setting.allCases {
            guard let flag = setting.spec.flag else { continue }
            for arguments in [
                [flag, "a=b"], ["\(flag)=a=b"], [flag, "x", flag, " a=b\n"], ["\(flag)=x", "\(flag)=a=b"],
            ] {
                #expect(CommandLineArguments(arguments).value(of: setting) == "a=b")
                #expect(CommandLineArguments(arguments).problems.isEmpty)
            }
            #expect(CommandLineArguments(["\(flag)=-x"]).value(of: setting) == "-x")
            #expect(CommandLineArguments([flag, "--x"]).value(of: setting) == "--x")
            #expect(CommandLineArguments([]).value(of: setting) == nil)
        }
    }

    @Test("one dash before a flag is enough")
    func oneDash() {
        let secret = "0123456789abcdef"
        for (arguments, place) in [
            (["-sse-token", secret], CommandLineArguments.SecretPlace(argument: 1, bytesBefore: 0)),
            (["-sse-token=\(secret)"], CommandLineArguments.SecretPlace(argument: 0, bytesBefore: 11)),
        ] {
            let read = CommandLineArguments(["-server-mode", "stdio"] + arguments)
            #expect(read.problems.isEmpty)
            #expect(read.value(of: .mode) == "stdio" && read.value(of: .token) == secret)
            #expect(read.secrets == [.init(argument: place.argument + 2, bytesBefore: place.bytesBefore)])
        }
        let lines = CommandLineArguments(["-sse-port", "-sse-host", "::1"]).problems.map(\.line)
        #expect(lines == ["--sse-port needs a value: --sse-port VALUE or --sse-port=VALUE"])
    }

    @Test(
        "a flag without a value is named, also when another flag follows",
        arguments: [
            ["--sse-port"], ["--sse-port="], ["--sse-port", ""], ["--sse-port", " "], ["--sse-port", "--help"],
            ["--sse-port", "--sse-host=::1"], ["--sse-port", "--sse-host", "::1"], ["--sse-port", "-V"],
        ])
    func missingValue(arguments: [String]) {
        let lines = CommandLineArguments(arguments).problems.map(\.line)
        #expect(lines == ["--sse-port needs a value: --sse-port VALUE or --sse-port=VALUE"])
    }

    @Test(
        "an argument that there is none of is named",
        arguments: ["", "-", "--", "-x", "--made-up", "--HELQ", "-v", "-hV", "--tmdb-limit-of-rates"])
    func unknown(argument: String) {
        #expect(CommandLineArguments([argument]).problems.map(\.line) == ["unknown argument \"\(argument)\""])
        #expect(CommandLineArguments(["--help", argument, "--other"]).problems.count == 2)
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
        #expect(CommandLineArguments([argument]).problems.map(\.line) == [line])
    }

    @Test(
        "what may be a secret is not repeated",
        arguments: [
            (["--tmdb-api-kye=0123456789abcdef0123456789abcdef"], "--tmdb-api-kye"),
            (["-k="], "-k"), (["=0123456789abcdef0123456789abcdef"], ""), (["--made-up", "a-secret"], "--made-up"),
        ])
    func values(arguments: [String], named: String) throws {
        let lines = CommandLineArguments(arguments).problems.map(\.line)
        #expect(lines.count == 1)
        #expect(try #require(lines.first).hasPrefix("unknown argument \"\(named)\""))
        #expect(!lines.joined().contains("0123") && !lines.joined().contains("secret"))
    }

    @Test("help and version take no value", arguments: ["--help", "--version", "-h", "-V"])
    func wordWithValue(word: String) {
        #expect(CommandLineArguments(["\(word)=1"]).problems.map(\.line) == ["\(word) takes no value"])
    }

    @Test(
        "an argument as long as a key is only called long",
        arguments: [
            "-k0123456789abcdef0123456789abcdef",
            "--" + String(repeating: "👩‍👩‍👧‍👦", count: 10), "--a-name-of-25-bytes-of-it",
        ])
    func long(argument: String) throws {
        let message = try #require(CommandLineArguments([argument]).problems.first?.line)
        #expect(message == "unknown argument a text of \(argument.utf8.count) bytes")
    }

    @Test("a name at the limit is repeated, and one with a line end is not")
    func limit() {
        let name = "--a-name-of-24-bytes-of-"
        #expect(name.utf8.count == 24)
        #expect(CommandLineArguments([name]).problems.map(\.line) == ["unknown argument \"\(name)\""])
        #expect(CommandLineArguments(["a\nb"]).problems.map(\.line) == ["unknown command a text of 3 bytes"])
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
        #expect(CommandLineArguments([word, "more"]).problems.map(\.line) == ["unknown command \(told)"])
        #expect(CommandLineArguments(["help", word]).problems.map(\.line) == ["unknown command \(told)"])
    }

    @Test("words after the command belong to it, and flags between them do not; too many are refused")
    func operands() {
        let call = CommandLineArguments([
            "call", "search", "--sse-port", "1", "query=a=b", "--tmdb-language=de", "page:=1",
        ])
        #expect(call.operands == ["search", "query=a=b", "page:=1"])
        #expect(call.value(of: .port) == "1")
        #expect(call.problems.isEmpty)
        #expect(CommandLineArguments(["check", "now"]).problems.map(\.line) == ["unknown argument \"now\""])
        #expect(CommandLineArguments(["completions", "bash", "zsh"]).problems.count == 1)
        #expect(CommandLineArguments(["help", "call"]).helpTopic == .call)
        #expect(CommandLineArguments(["call", "--help"]).helpTopic == .call)
        #expect(CommandLineArguments(["--help"]).helpTopic == nil)
    }

    @Test("a flag of one command is refused with another, and takes no value")
    func switches() {
        #expect(CommandLineArguments(["token", "--new"]).has("--new"))
        #expect(CommandLineArguments(["--show", "token"]).problems.isEmpty)
        #expect(CommandLineArguments(["--new"]).problems.map(\.line) == ["--new is a flag of tmdb-mcp token alone"])
        #expect(CommandLineArguments(["check", "--show"]).problems.count == 1)
        #expect(CommandLineArguments(["token", "--new=1"]).problems.map(\.line) == ["--new takes no value"])
        #expect(CommandLineArguments(["--sse-port", "--new", "token"]).problems.count == 1)
    }

    @Test("settings of another command line are taken where the own has none")
    func inherited() {
        var arguments = CommandLineArguments(["healthcheck", "--sse-port", "1"])
        arguments.inherit(CommandLineArguments(["--sse-port", "2", "--server-mode", "sse"]))
        #expect(arguments.command == .healthcheck)
        #expect(arguments.value(of: .port) == "1")
        #expect(arguments.value(of: .mode) == "sse")
    }

    @Test("the places of secrets are told, so that they can be hidden")
    func secrets() {
        let arguments = CommandLineArguments([
            "--sse-port", "1", "--sse-token", "s", "--tmdb-api-key=k", "--sse-token=", "--tmdb-api-key",
        ])
        #expect(
            arguments.secrets == [
                .init(argument: 3, bytesBefore: 0), .init(argument: 4, bytesBefore: 15),
                .init(argument: 5, bytesBefore: 12),
            ])
        let combined = CommandLineArguments(["--sse-token=\u{301}0123456789abcdef"])
        #expect(combined.secrets == [.init(argument: 0, bytesBefore: 12)])
        #expect(combined.problems.isEmpty)
    }
}
