/// What `--help` prints.
package enum HelpText {
    package static func text(version: String) -> String {
        var text = """
            tmdb-mcp \(version): movies, TV series and people from TMDB for any MCP client

            Usage: tmdb-mcp [-h | --help] [-V | --version]

            Without an argument it speaks the Model Context Protocol on standard input
            and output, and ends when its input does. An MCP client starts it; what it
            has to say to people goes to standard error.

            Environment:

            """
        let width = Setting.allCases.map { $0.variable.utf8.count }.max() ?? 0
        for setting in Setting.allCases {
            let padding = String(repeating: " ", count: width + 2 - setting.variable.utf8.count)
            text += "  \(setting.variable)\(padding)\(setting.summary)\n"
            if let value = setting.defaultText {
                text += String(repeating: " ", count: width + 4) + "(default: \(value))\n"
            }
        }
        text += """

            A TMDB key is free: https://www.themoviedb.org/settings/api

            Exit status: 0 after the end of input or a signal to stop, 1 when the client
            went away, 2 for a mistake in the settings or the arguments.

            This product uses the TMDB API but is not endorsed or certified by TMDB.

            """
        return text
    }
}
