import Bytes

/// The command line, read but not yet checked.
///
/// A flag takes its value after an equals sign or in the next argument. One dash before it is enough, as
/// XDwanj/tmdb-mcp writes them in its help. Of a flag given twice the last holds, so that a script can add to a command
/// line that it was given. The first argument that is no flag names the command; flags may stand anywhere.
package struct CommandLineArguments {
    package private(set) var problems: [ConfigurationError.Problem] = []
    package private(set) var secrets: [SecretPlace] = []
    /// Of the command: what is neither a flag nor a flag's value.
    package private(set) var operands: [String] = []
    private var named: Command?
    private var asksForHelp = false
    private var asksForVersion = false
    /// What stands in the place of a command, and is none.
    package private(set) var unknownCommand: String?
    private var switches: [String] = []
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
            case "-h", "-help", "--help": asksForHelp = true
            case "-V", "-version", "--version": asksForVersion = true
            case let flag where CommandLineArguments.switches.contains(flag): switches.append(flag)
            case let operand where CommandLineArguments.isOperand(operand): addOperand(operand)
            default:
                let (name, attached) = CommandLineArguments.parts(argument)
                let spec = CommandLineArguments.flags.first { $0.flag == name }
                var value = attached
                if attached == nil, let (following, text) = next, CommandLineArguments.isValue(text, of: name, spec) {
                    value = text
                    if spec?.kind.isSecret == true {
                        secrets.append(SecretPlace(argument: following, bytesBefore: 0))
                    }
                    next = rest.next()
                } else if attached != nil, spec?.kind.isSecret == true {
                    let bytes = argument.utf8.count - (attached?.utf8.count ?? 0)
                    secrets.append(SecretPlace(argument: position, bytesBefore: bytes))
                }
                addOption(name, value, spec)
            }
        }
        checkSwitches()
    }

    /// Help comes first, also on the command that was named.
    package var command: Command { asksForHelp ? .help : asksForVersion ? .version : named ?? .serve }

    /// The command that help is asked for; nil for all.
    package var helpTopic: Command? { named == .help ? operands.first.flatMap { Command($0) } : named }

    /// Whether a flag without a value was given.
    package func has(_ flag: String) -> Bool { switches.contains(flag) }

    /// What the flag of a setting was given.
    package func value(of setting: Setting) -> String? {
        let flag = setting.spec.flag
        return values.last { $0.flag == flag }?.text
    }

    /// Takes the settings of another command line too; where both have one, its own holds.
    package mutating func inherit(_ other: CommandLineArguments) { values = other.values + values }

    // MARK: Commands

    private mutating func addOperand(_ operand: String) {
        if unknownCommand != nil { return }
        let shown = operand.quoted(bytesMax: ConfigurationLimits.nameBytesMax)
        guard let named else {
            named = Command(operand)
            if named == nil {
                unknownCommand = operand
                problems.append(
                    .unknownCommand(shown: shown, nearest: CommandLineArguments.nearestCommand(to: operand)))
            }
            return
        }
        guard operands.count < named.spec.operandsMax else {
            return problems.append(.unknownArgument(shown: shown, nearest: nil))
        }
        operands.append(operand)
        if named == .help, Command(operand) == nil {
            problems.append(.unknownCommand(shown: shown, nearest: CommandLineArguments.nearestCommand(to: operand)))
        }
    }

    private mutating func checkSwitches() {
        for flag in switches {
            let owner = Command.allCases.first { $0.spec.switches.contains { $0.flag == flag } }
            if let owner, owner != named {
                problems.append(.flagOfCommand(flag, command: owner.spec.name))
            }
        }
    }

    private static func nearestCommand(to name: String) -> String? {
        NearestName.among(Command.allCases.map { $0.spec.name }, to: name, percent: 40)
    }

    private static func isOperand(_ text: String) -> Bool {
        // One that begins with an equals sign, or is nothing, was a flag before a variable in a script was empty.
        guard let first = text.utf8.first else { return false }
        return first != UInt8(ascii: "-") && first != UInt8(ascii: "=")
    }

    // MARK: Flags

    private mutating func addOption(_ name: String, _ value: String?, _ spec: SettingSpec?) {
        guard spec != nil else {
            let words = CommandLineArguments.words + CommandLineArguments.switches
            if words.contains(name) { return problems.append(.flagWithValue(name)) }
            let names = CommandLineArguments.flags.compactMap { $0.flag } + words
            let isLong = name.utf8.starts(with: "--".utf8)
            let nearest = isLong ? NearestName.among(names, to: name, percent: 40) : nil
            problems.append(
                .unknownArgument(shown: name.quoted(bytesMax: ConfigurationLimits.nameBytesMax), nearest: nearest))
            return
        }
        guard let value, !value.trimmed.isEmpty else {
            problems.append(.flagWithoutValue(name))
            return
        }
        values.append((name, value.trimmed))
    }

    /// What stands before the first equals sign, with both its dashes, and behind it if there is one. By bytes: a sign
    /// that combines with the equals sign is part of the value.
    private static func parts(_ argument: String) -> (name: String, value: String?) {
        let name = String(Substring(argument.utf8.prefix { $0 != UInt8(ascii: "=") }))
        let rest = argument.utf8.dropFirst(name.utf8.count)
        let isShort = flags.contains { $0.flag == "-" + name }
        return (isShort ? "-" + name : name, rest.isEmpty ? nil : String(Substring(rest.dropFirst())))
    }

    /// Flags without a value that every command takes.
    private static let words = ["-h", "--help", "-V", "--version"]
    private static let switches = Command.allCases.flatMap { $0.spec.switches.map { $0.flag } }
    private static let flags = Setting.allCases.map { $0.spec }.filter { $0.flag != nil }

    /// Whether the argument after a flag is its value: not when it is a flag itself. What follows an unknown flag is
    /// its value unless it looks like a flag; it may be a secret, and is not spoken of.
    private static func isValue(_ text: String, of name: String, _ spec: SettingSpec?) -> Bool {
        let isFlag = text.utf8.first == UInt8(ascii: "-")
        guard spec != nil else { return name.utf8.starts(with: "--".utf8) && name.utf8.count > 2 && !isFlag }
        return !(words.contains(text) || switches.contains(text) || flags.contains { $0.flag == parts(text).name })
    }
}
