import Bytes

/// One row of the table of settings: every way to give a setting, and what it takes.
package struct SettingSpec: Sendable {
    /// With its dashes; nil where there is none.
    package var flag: String?
    /// What stands for the value in the help.
    package var placeholder = "VALUE"
    /// Environment variables. The first that is set holds.
    package var variables: [String]
    /// A variable that names a file with the value in it, as container platforms hand out secrets.
    package var fileVariable: String?
    /// The file in the folder CREDENTIALS_DIRECTORY with the value in it, as systemd hands out secrets.
    package var credential: String?
    /// The path in the config file, joined by dots.
    package var key: String?
    package var defaultText: String?
    package var kind: Kind
    /// What it is for, in one sentence.
    package var summary: String

    /// What a value is, and how a wrong one is spoken of.
    package enum Kind: Sendable, Equatable {
        case apiKey
        /// Of a service besides TMDB.
        case otherKey
        case token
        case url
        /// One of a few words.
        case choice([String])
        case address
        case port
        /// A whole number of something in the plural.
        case number(ClosedRange<Int>, of: String)
        case language
        case region
        /// Names of tools and of sets of them, which another module knows.
        case tools
        case origins
        case hosts
        case networks
        case prefix
        case path
        /// Read by a library, by its own rules.
        case foreign

        /// Whether the config file may give a sequence.
        package var isList: Bool { self == .origins || self == .hosts || self == .networks || self == .tools }

        package var isNumber: Bool {
            switch self {
            case .port, .number: true
            default: false
            }
        }

        package var isSecret: Bool { self == .apiKey || self == .otherKey || self == .token }

        /// A wrong value is repeated when it is no longer than this: it may be a secret in the wrong place. A URL may
        /// hold a password.
        var shownBytesMax: Int {
            switch self {
            case .apiKey, .otherKey, .token, .url, .foreign: 0
            case .choice, .address, .port, .number, .language, .region, .tools, .origins, .hosts, .networks, .prefix,
                .path:
                ConfigurationLimits.nameBytesMax
            }
        }

        /// After "must be".
        package var allowed: String {
            let itemsMax = ConfigurationLimits.itemsMax
            let tokenBytes = ConfigurationLimits.tokenBytes
            return switch self {
            case .apiKey: "a v3 key or a v4 token, without whitespace or other extra characters"
            case .otherKey: "a key as its service gives them, without whitespace or other extra characters"
            case .token:
                "\(tokenBytes.lowerBound) to \(tokenBytes.upperBound) printable ASCII characters, without whitespace"
            case .url: "an http or https URL without user, query or fragment, such as https://api.themoviedb.org/3"
            case .choice(let words): words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
            case .address: "localhost or an IPv4 or IPv6 address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1"
            case .port: "a number from 0 to 65535; 0 means any free port"
            case .number(let range, let things):
                "a whole number of \(things) from \(range.lowerBound) to \(range.upperBound)"
            case .language:
                "a language such as de or pt-BR: two small letters, then perhaps a dash and two capitals; Japanese is "
                    + "ja, Korean ko, Chinese zh, Czech cs, Danish da, Greek el"
            case .region: "a country's code of two letters such as DE or US (ISO 3166-1)"
            case .tools: "names of tools or sets, at most \(itemsMax), joined by commas, or all"
            case .origins:
                "origins such as https://app.example or http://localhost:3000, at most \(itemsMax), without a "
                    + "path, or * alone for all"
            case .hosts:
                "host names such as tmdb.example or nas.local:8910, at most \(itemsMax), or * alone for all"
            case .networks: "addresses such as 192.0.2.7, or networks such as 10.0.0.0/8"
            case .prefix: "a path such as /tmdb"
            case .path: "the path of a file"
            case .foreign: "what the library takes"
            }
        }
    }
}
