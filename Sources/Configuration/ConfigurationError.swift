import Bytes

/// All that is wrong with the arguments, the environment and the config file.
package struct ConfigurationError: Error, Equatable {
    package enum Problem: Equatable, Sendable {
        /// The name holds nothing that may be a secret; `nearest` is the one that was meant, perhaps.
        case unknownArgument(shown: String, nearest: String?)
        case unknownCommand(shown: String, nearest: String?)
        /// A flag of another command than the one that was given.
        case flagOfCommand(String, command: String)
        case flagWithoutValue(String)
        case flagWithValue(String)
        /// `shown` is nil where the value is a secret or may hold one.
        case notAllowed(Source, allowed: String, shown: String?)
        /// The value begins or ends with a quotation mark.
        case quoted(Source)
        /// Both the variable and the one that names a file.
        case givenTwice(variable: String, fileVariable: String)
        /// A file that a flag or variable names.
        case unreadable(Source, path: String, reason: String)
        case unknownKey(Source, nearest: String?)
        case unknownTool(Source, shown: String, nearest: String?, known: [String])
        /// In the config file: not a single value, or not a mapping.
        case wrongShape(Source, expected: String)
        /// The config file is no YAML that is taken here.
        case malformed(path: String, line: Int, reason: String)
    }

    package let problems: [Problem]

    /// One line a problem.
    package var lines: [String] { problems.map { $0.line } }
}

extension ConfigurationError.Problem {
    package var line: String {
        switch self {
        case .unknownArgument(let shown, let nearest):
            "unknown argument \(shown)\(ConfigurationError.Problem.guess(nearest))"
        case .unknownCommand(let shown, let nearest):
            "unknown command \(shown)\(ConfigurationError.Problem.guess(nearest))"
        case .flagOfCommand(let flag, let command): "\(flag) is a flag of tmdb-mcp \(command) alone"
        case .flagWithoutValue(let flag): "\(flag) needs a value: \(flag) VALUE or \(flag)=VALUE"
        case .flagWithValue(let flag): "\(flag) takes no value"
        case .notAllowed(let source, let allowed, let shown):
            "\(source.description) must be \(allowed)\(shown.map { ", not \($0)" } ?? "")"
        case .quoted(let source): "\(source.description) has quotation marks around it\(Self.quotesAdvice)"
        case .givenTwice(let variable, let fileVariable):
            "\(variable) and \(fileVariable) are both set: unset one of them"
        case .unreadable(let source, let path, let reason):
            "\(source.description): cannot read \(path): \(reason)"
                + (path.isQuoted ? "; the path has quotation marks around it\(Self.quotesAdvice)" : "")
        case .unknownKey(let source, let nearest):
            "\(source.description) is unknown\(ConfigurationError.Problem.guess(nearest))"
        case .unknownTool(let source, let shown, let nearest, let known):
            "\(source.description): there is no tool or set \(shown)"
                + (nearest.map { "; did you mean \($0)?" } ?? "; there are \(known.joined(separator: ", "))")
        case .wrongShape(let source, let expected): "\(source.description) must be \(expected)"
        case .malformed(let path, let line, let reason): "\(path):\(line): \(reason)"
        }
    }

    private static var quotesAdvice: String {
        ", which are part of it: write it without them (docker run --env-file keeps quotes, a shell takes them off)"
    }

    private static func guess(_ name: String?) -> String { name.map { "; did you mean \($0)?" } ?? "" }
}
