/// What `--help` prints.
package enum HelpText {
    package static func text(version: String) -> String {
        var text = """
            tmdb-mcp \(version): movies, TV series and people from TMDB for any MCP client

            Usage: tmdb-mcp [FLAG VALUE | FLAG=VALUE]... [-h | --help] [-V | --version]

            It speaks the Model Context Protocol on standard input and output, for a client
            that starts it, and over HTTP: /mcp for clients, /mcp/sse for those of 2024-11-05,
            and /health, /ready, /metrics for you. What it has to say to people goes to
            standard error.

            Each setting has up to three forms, and the first that is given holds: the flag,
            the environment variable, the key in the config file. Of a flag given twice the
            last holds.

            """
        for setting in Setting.allCases { text += paragraph(setting.declaration) }
        text += """

            Other users of the machine may see a command line: give keys and tokens by variable,
            by a file that a variable names, or in the config file (chmod 600). In the config
            file a key such as server.mode is

                server:
                  mode: stdio

            A TMDB key is free: https://www.themoviedb.org/settings/api

            It ends at a signal to stop, after what has begun is answered (10 s at most; a
            second signal does not wait), and in mode stdio at the end of input.

            Exit status: 0 after either, 1 when the client went away or HTTP cannot be
            served, 2 for a mistake in the settings or the arguments.

            This product uses the TMDB API but is not endorsed or certified by TMDB.

            """
        return text
    }

    /// The forms of a setting, and below them what it is for.
    private static func paragraph(_ declaration: Declaration) -> String {
        var forms: [String] = []
        if let flag = declaration.flag { forms.append("\(flag) \(declaration.placeholder)") }
        forms += declaration.variables
        if let variable = declaration.fileVariable { forms.append(variable) }
        if let key = declaration.key { forms.append(key) }
        var text = "\n  \(forms.joined(separator: ", "))\n      \(declaration.summary)\n"
        if let value = declaration.defaultText { text += "      (default: \(value))\n" }
        return text
    }
}
