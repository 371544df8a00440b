import Bytes

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
            let spec = command.spec
            text += "  \(spec.name.padded(to: 12)) \(spec.summary)\n"
        }
        text += "\n" + Command.serve.spec.details.wrapped() + "\n" + ManualText.settings.wrapped()
        for setting in Setting.allCases { text += paragraph(setting.spec) }
        text += "\n" + ManualText.secrets.wrapped() + "\nThe config file:\n\n"
        for line in ManualText.example { text += "    \(line)\n" }
        text += "\n" + ("Exit status: " + ManualText.exitStatuses).wrapped() + "\n" + ManualText.attribution.wrapped()
        return text
    }

    private static func text(of command: Command) -> String {
        let spec = command.spec
        var text = "Usage: \(spec.usage)\n\n" + (spec.summary + ".").wrapped() + "\n"
        text += spec.details.wrapped()
        for flag in spec.switches { text += "\n  \(flag.flag)\n" + flag.summary.wrapped(indent: 6) }
        return text + "\nIt takes the flags of every setting too: tmdb-mcp --help lists them.\n"
    }

    /// The forms of a setting, and below them what it is for.
    private static func paragraph(_ spec: SettingSpec) -> String {
        var text = "\n  \(spec.forms)\n" + spec.summary.wrapped(indent: 6)
        if let value = spec.defaultText { text += "      (default: \(value))\n" }
        return text
    }
}
