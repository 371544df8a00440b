/// What `--help` prints.
package enum HelpText {
    /// - Parameter topic: a command; nil for the program.
    package static func text(version: String, topic: Command? = nil) -> String {
        topic.map { text(of: $0) } ?? text(version: version)
    }

    private static func text(version: String) -> String {
        var text = """
            tmdb-mcp \(version): \(ManualText.summary)

            Usage: tmdb-mcp [COMMAND] [FLAG VALUE | FLAG=VALUE]... [-h | --help] [-V | --version]

            Commands:


            """
        for command in Command.allCases {
            let declaration = command.declaration
            text += "  \(declaration.name.padded(to: 12)) \(declaration.summary)\n"
        }
        text += "\n" + Command.serve.declaration.details.wrapped() + "\n" + ManualText.settings.wrapped()
        for setting in Setting.allCases { text += paragraph(setting.declaration) }
        text += "\n" + ManualText.secrets.wrapped() + "\nThe config file:\n\n"
        for line in ManualText.example { text += "    \(line)\n" }
        text += "\n" + ("Exit status: " + ManualText.exitStatuses).wrapped() + "\n" + ManualText.attribution.wrapped()
        return text
    }

    private static func text(of command: Command) -> String {
        let declaration = command.declaration
        var text = "Usage: \(declaration.usage)\n\n" + (declaration.summary + ".").wrapped() + "\n"
        text += declaration.details.wrapped()
        for flag in declaration.switches { text += "\n  \(flag.flag)\n" + flag.summary.wrapped(indent: 6) }
        return text + "\nIt takes the flags of every setting too: tmdb-mcp --help lists them.\n"
    }

    /// The forms of a setting, and below them what it is for.
    private static func paragraph(_ declaration: Declaration) -> String {
        var text = "\n  \(declaration.forms)\n" + declaration.summary.wrapped(indent: 6)
        if let value = declaration.defaultText { text += "      (default: \(value))\n" }
        return text
    }
}
