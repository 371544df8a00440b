import Configuration
import Testing

@Suite struct CommandTests {
    private func misuse(_ arguments: [String]) -> Command.Misuse? {
        do throws(Command.Misuse) {
            _ = try Command(arguments)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "the command line asks for one thing; help comes first",
        arguments: [
            ([], .serve), (["-h"], .help), (["--help"], .help), (["-V"], .version), (["--version"], .version),
            (["-V", "-h"], .help), (["--help", "--version"], .help), (["-V", "-V"], .version),
        ] as [([String], Command)])
    func commands(arguments: [String], command: Command) throws {
        #expect(try Command(arguments) == command)
    }

    @Test(
        "an argument that there is none of is named",
        arguments: ["", "-", "--", "-x", "extra", "--made-up", "--HELP", "-v", "--help ", "-hV", "--tmdb-rate-limit"])
    func unknown(argument: String) throws {
        #expect(misuse([argument])?.message == "unknown argument \"\(argument)\"")
        #expect(misuse(["--help", argument, "--other"])?.message == "unknown argument \"\(argument)\"")
    }

    @Test(
        "what may be a key is not repeated",
        arguments: [
            ("--tmdb-api-key=0123456789abcdef0123456789abcdef", "--tmdb-api-key"), ("--help=1", "--help"),
            ("-k=", "-k"), ("=0123456789abcdef0123456789abcdef", ""),
        ])
    func values(argument: String, named: String) {
        #expect(misuse([argument])?.message == "unknown argument \"\(named)\"")
    }

    @Test(
        "an argument as long as a key is only called long",
        arguments: [
            "0123456789abcdef0123456789abcdef", "-k0123456789abcdef0123456789abcdef",
            "--" + String(repeating: "👩‍👩‍👧‍👦", count: 10), "--a-name-of-25-bytes-of-it",
        ])
    func long(argument: String) throws {
        let message = try #require(misuse([argument])?.message)
        #expect(message.utf8.count < 80)
        #expect(!message.contains(argument.prefix(10)))
    }

    @Test("a name at the limit is repeated")
    func limit() {
        let name = "--a-name-of-24-bytes-of-"
        #expect(name.utf8.count == 24)
        #expect(misuse([name])?.message.contains(name) == true)
    }
}
