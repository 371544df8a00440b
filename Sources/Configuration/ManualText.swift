import Bytes

/// What the help and the manual page say besides the tables of commands and settings.
enum ManualText {
    static let summary = "movies, TV series and people from TMDB for any MCP client"

    static let settings =
        "Each setting has up to three forms, and the first that is given holds: the flag, the environment variable, "
        + "the key in the config file. Of a flag given twice the last holds. Flags go with every command."

    static let secrets =
        "Other users of the machine may see a command line: give keys and tokens by variable, by a file that a "
        + "variable names, or in the config file (chmod 600). A TMDB key is free: "
        + "https://www.themoviedb.org/settings/api"

    static let example = [
        "tmdb:", "  api_key: your-key", "server:", "  mode: both", "  sse:", "    port: 8910",
    ]

    static let exitStatuses =
        "0 when all went well, 1 when something failed or the client went away, 2 for a mistake in the settings or the "
        + "arguments, 130 when a call was interrupted."

    static let attribution = "This product uses the TMDB API but is not endorsed or certified by TMDB."
}

extension SettingSpec {
    /// Every way to give the setting.
    var forms: String {
        let flag = flag.map { ["\($0) \(placeholder)"] } ?? []
        return (flag + variables + [fileVariable, key].compactMap { $0 }).joined(separator: ", ")
    }
}
