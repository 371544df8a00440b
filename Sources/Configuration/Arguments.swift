/// The command line, read but not yet checked.
///
/// A flag takes its value after an equals sign or in the next argument. Of a flag given twice the last holds, so that
/// a script can add to a command line that it was given.
package struct Arguments {
    package private(set) var command = Command.serve
    package private(set) var problems: [ConfigurationError.Problem] = []
    package private(set) var secrets: [SecretPlace] = []
    private var values: [(flag: String, text: String)] = []

    /// Where a secret stands on the command line.
    package struct SecretPlace: Equatable, Sendable {
        /// Counted from the first argument after the program's name.
        package let argument: Int
        /// Bytes of the argument before the secret.
        package let bytesBefore: Int

        package init(argument: Int, bytesBefore: Int) {
            self.argument = argument
            self.bytesBefore = bytesBefore
        }
    }

    /// - Parameter arguments: without the program's name.
    package init(_ arguments: [String]) {
        var rest = arguments.enumerated().makeIterator()
        var next = rest.next()
        while let (position, argument) = next {
            next = rest.next()
            switch argument {
            case "-h", "--help": command = .help
            case "-V", "--version": if command != .help { command = .version }
            default:
                let (name, attached) = Arguments.parts(argument)
                let declaration = Arguments.flags.first { $0.flag == name }
                var value = attached
                if attached == nil, let (following, text) = next, Arguments.isValue(text, of: name, declaration) {
                    value = text
                    if declaration?.kind.isSecret == true {
                        secrets.append(SecretPlace(argument: following, bytesBefore: 0))
                    }
                    next = rest.next()
                } else if attached != nil, declaration?.kind.isSecret == true {
                    secrets.append(SecretPlace(argument: position, bytesBefore: name.utf8.count + 1))
                }
                take(name, value, declaration)
            }
        }
    }

    /// What the flag of a setting was given.
    package func value(of setting: Setting) -> String? {
        let flag = setting.declaration.flag
        return values.last { $0.flag == flag }?.text
    }

    private mutating func take(_ name: String, _ value: String?, _ declaration: Declaration?) {
        guard declaration != nil else {
            if Arguments.words.contains(name) { return problems.append(.flagWithValue(name)) }
            let names = Arguments.flags.compactMap { $0.flag } + Arguments.words
            let isLong = name.utf8.starts(with: "--".utf8)
            let nearest = isLong ? NearestName.among(names, to: name, percent: 40) : nil
            problems.append(
                .unknownArgument(shown: name.quoted(bytesMax: Limits.nameBytesMax), nearest: nearest))
            return
        }
        guard let value, !value.trimmed.isEmpty else {
            problems.append(.flagWithoutValue(name))
            return
        }
        values.append((name, value.trimmed))
    }

    /// What stands before the first equals sign, and behind it if there is one. By bytes: a sign that combines with the
    /// equals sign is part of the value.
    private static func parts(_ argument: String) -> (name: String, value: String?) {
        let name = Substring(argument.utf8.prefix { $0 != UInt8(ascii: "=") })
        let rest = argument.utf8.dropFirst(name.utf8.count)
        return (String(name), rest.isEmpty ? nil : String(Substring(rest.dropFirst())))
    }

    /// Flags without a value.
    private static let words = ["-h", "--help", "-V", "--version"]
    private static let flags = Setting.allCases.map { $0.declaration }.filter { $0.flag != nil }

    /// Whether the argument after a flag is its value: not when it is a flag itself. What follows an unknown flag is
    /// its value unless it looks like a flag; it may be a secret, and is not spoken of.
    private static func isValue(_ text: String, of name: String, _ declaration: Declaration?) -> Bool {
        let isFlag = text.utf8.first == UInt8(ascii: "-")
        guard declaration != nil else { return name.utf8.starts(with: "--".utf8) && name.utf8.count > 2 && !isFlag }
        return !(words.contains(text) || flags.contains { $0.flag == parts(text).name })
    }
}
