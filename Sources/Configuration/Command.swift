import Bytes

/// What the program can be told to do. The table below makes the reading of the command line, the help, the manual and
/// the completions.
package enum Command: CaseIterable, Sendable {
    case serve
    case check
    case config
    case tools
    case call
    case token
    case healthcheck
    case completions
    case man
    case version
    case help

    package struct Spec: Sendable {
        package let name: String
        /// What may follow, as the help writes it.
        package var operands = ""
        /// How many operands it takes at most, of those that are no flags.
        package var operandsMax = 0
        /// What it is for, in a few words.
        package let summary: String
        /// The rest, in sentences.
        package let details: String
        /// Flags without a value that only this command takes.
        package var switches: [(flag: String, summary: String)] = []

        /// How it is called.
        package var usage: String {
            "tmdb-mcp " + name + switches.map { " [\($0.flag)]" }.joined() + (operands.isEmpty ? "" : " " + operands)
        }
    }

    package init?(_ name: String) {
        guard let command = Command.allCases.first(where: { $0.spec.name == name }) else { return nil }
        self = command
    }

    package var spec: Spec {
        switch self {
        case .serve:
            Spec(
                name: "serve", summary: "serve MCP clients; without a command, this is done",
                details: "It speaks the Model Context Protocol on standard input and output, for a client that starts "
                    + "it, and over HTTP: /mcp for clients, /mcp/sse for those of 2024-11-05, and /health, /ready, "
                    + "/metrics for you. It ends at a signal to stop, after requests in flight are answered (a "
                    + "second signal does not wait), and at the end of input that a client has used. Its log goes to "
                    + "standard error.")
        case .check:
            Spec(
                name: "check", summary: "find out what works: settings, network, TLS, key, port",
                details: "Asks TMDB once and tries the HTTP port. Prints a line for each: ok, failed or skipped, and "
                    + "what to do. Exit status 0 means that all works.")
        case .config:
            Spec(
                name: "config", summary: "show each setting, its value and where it comes from",
                details: "Keys and tokens are hidden. Text on a terminal, JSON elsewhere.")
        case .tools:
            Spec(
                name: "tools", summary: "list the tools that are offered",
                details: "Names, titles and descriptions on a terminal; elsewhere the result of tools/list as JSON.")
        case .call:
            Spec(
                name: "call", operands: "TOOL [NAME=VALUE | NAME:=JSON]...", operandsMax: .max,
                summary: "call one tool and print what it answers",
                details: "A value becomes what the tool's schema says: a number, true or false, text, or a list whose "
                    + "items are joined by commas. After := stands JSON. The answer is text on a terminal and JSON "
                    + "elsewhere. What fails goes to standard error, with exit status 1; wrong arguments have 2. "
                    + "tmdb-mcp call TOOL --help tells the arguments of a tool.")
        case .token:
            Spec(
                name: "token", summary: "tell where the token for HTTP clients is, or make one",
                details: "Prints the place of the token. Where there is none yet, it is made, kept in the config file "
                    + "and printed.",
                switches: [
                    ("--show", "print the token instead of its place"),
                    ("--new", "make a new token in the place of the one in the config file, and print it"),
                ])
        case .healthcheck:
            Spec(
                name: "healthcheck", summary: "tell whether the server of this machine is well, for containers",
                details: "Asks /health over HTTP; in mode stdio it looks for the server's process instead. In a "
                    + "container it takes the settings that the server was started with. Exit status 0 means well.")
        case .completions:
            Spec(
                name: "completions", operands: "SHELL", operandsMax: 1,
                summary: "print what completes command lines in bash, zsh or fish",
                details: "For bash: source <(tmdb-mcp completions bash). For zsh: the same with zsh, after compinit. "
                    + "For fish: tmdb-mcp completions fish | source.")
        case .man:
            Spec(
                name: "man", summary: "print the manual page",
                details: "To read it: tmdb-mcp man | man -l -")
        case .version:
            Spec(name: "version", summary: "print the version", details: "The same as --version.")
        case .help:
            Spec(
                name: "help", operands: "[COMMAND]", operandsMax: 1, summary: "print help, also on one command",
                details: "The same as --help, before or after a command.")
        }
    }

    /// What `completions` takes.
    package static let shells = ["bash", "zsh", "fish"]
}
