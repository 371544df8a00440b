/// What the command line asks for.
package enum Command: Equatable, Sendable {
    case serve
    case help
    case version

    /// An argument that there is none of.
    package struct Misuse: Error, Equatable {
        package let argument: String

        package var message: String { "unknown argument \"\(argument.prefix(80))\"" }
    }

    /// - Parameter arguments: without the program's name.
    package init(_ arguments: [String]) throws(Misuse) {
        var command = Command.serve
        for argument in arguments {
            switch argument {
            case "-h", "--help": command = .help
            case "-V", "--version": if command != .help { command = .version }
            default: throw Misuse(argument: argument)
            }
        }
        self = command
    }
}
